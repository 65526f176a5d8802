// Events about the ledger itself, and the decree that decisions carry.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/date.h"
#include "base/strong.h"
#include "domain/fields.h"
#include "domain/vocabulary.h"

namespace runut {

// What makes a decision official: number and date of the decree, who signed in which office, and
// the SHA-256 of the signed document (rulebook section 2, Decisions).
struct Decree {
  std::string number;
  Date date;
  PersonId signatory;
  std::string office;
  Hash256 document;
  RUNUT_FIELDS(Decree, number, date, signatory, office, document)
};

// Sequence 1. Pins everything that can never change for this ledger.
struct AgencyFounded {
  std::string agency;  // code: lower-case letters, digits, '-'; names the directory
  std::string name;    // "Pemerintah Kota Kediri"
  std::uint32_t format_version = 1;
  std::string hash_algorithm;           // "SHA-256"
  std::string tree_algorithm;           // "RFC6962"
  std::string log_origin;               // checkpoint origin line
  Hash256 public_key;                   // Ed25519 key that signs checkpoints
  std::int32_t utc_offset_minutes = 0;  // WIB 420, WITA 480, WIT 540
  bool simulated = false;
  RUNUT_FIELDS(AgencyFounded, agency, name, format_version, hash_algorithm, tree_algorithm,
               log_origin, public_key, utc_offset_minutes, simulated)
};

// A writer session begins (one-history W1).
struct WriterTookOver {
  Uuid writer;       // fresh for each attempt
  std::string node;  // operator's name for the process, no personal data
  RUNUT_FIELDS(WriterTookOver, writer, node)
};

// A known actor tried what the rules of authority forbid. Outside all computations.
struct AttemptRefused {
  std::string command;  // name of the command
  std::string rule;     // the rule that said no
  std::string field;
  std::string value;
  std::optional<PersonId> person;  // whom it would have concerned
  RUNUT_FIELDS(AttemptRefused, command, rule, field, value, person)
};

// The person's key is gone: every sealed text of theirs is unreadable from here on, everywhere.
struct SubjectKeyDestroyed {
  PersonId person;
  Decree decree;
  RUNUT_FIELDS(SubjectKeyDestroyed, person, decree)
};

// Older data is brought in under this number: its commands name it, and its events have its origin.
struct ImportDeclared {
  std::uint32_t number = 0;  // unique within the ledger, from 1
  std::string source;        // the system that it comes from
  Hash256 file;              // SHA-256 of the file that is imported
  bool as_found = false;     // violations of authority are held for acceptance, not refused
  Decree decree;             // of the official who authorises it
  RUNUT_FIELDS(ImportDeclared, number, source, file, as_found, decree)
};

// An official lets an event count that was imported as found; the fact follows in the same commit.
struct ImportedEventAccepted {
  PersonId person;  // whom the event is about
  Sequence event;
  Decree decree;
  RUNUT_FIELDS(ImportedEventAccepted, person, event, decree)
};

// A view that was folded anew differed from the one that served, row by row as listed, and was
// approved to take its place. Outside all computations: views are derived.
struct ProjectionPromoted {
  std::string projection;
  Sequence at;         // both had folded up to here
  Hash256 digest_old;  // of the view that served
  Hash256 digest_new;
  std::uint64_t differences = 0;  // rows
  Decree decree;                  // its document is the list of the differences
  RUNUT_FIELDS(ProjectionPromoted, projection, at, digest_old, digest_new, differences, decree)
};

// Somebody read data of other people: the event's actor, who they are said or known to be.
// Outside all computations.
struct AccessRecorded {
  std::vector<PersonId> people;  // whose, ascending, each once
  std::string resource;          // what of them: "payments", "texts"
  std::string purpose;           // as the reader stated it; no personal data
  RUNUT_FIELDS(AccessRecorded, people, resource, purpose)
};

}  // namespace runut
