// Views follow the log, survive crashes, and rebuilt equal live, byte for byte.
#include "projector/projector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "log/rocksdb_event_log.h"
#include "projections/registry.h"
#include "store/subject_index.h"
#include "tests/projector/ledger.h"
#include "tests/projector/random_events.h"

namespace runut {
namespace {

using testing_projector::add_random;
using testing_projector::Events;
using testing_projector::fill;
using testing_projector::open_store;
using testing_projector::read_header;
using testing_projector::TemporaryDirectory;

const std::vector<Projection> every_projection(all_projections.begin(), all_projections.end());

std::unique_ptr<Projector> open(std::shared_ptr<Store> store, EventLog& log,
                                std::size_t batch_events = 100,
                                const std::vector<Projection>& projections = every_projection) {
  auto projector = Projector::open(std::move(store), log, projections,
                                   {.limits = {.events = batch_events, .bytes = 1 << 20}});
  EXPECT_TRUE(projector) << projector.error().describe();
  return std::move(*projector);
}

std::vector<Hash256> digests(const Projector& projector,
                             const std::vector<Projection>& projections = every_projection) {
  std::vector<Hash256> out;
  for (const Projection& projection : projections) {
    const auto digest = projector.digest(projection.name);
    EXPECT_TRUE(digest);
    EXPECT_GT(digest->rows, 0U) << projection.name;
    out.push_back(digest->hash);
  }
  return out;
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const Projection& projection : every_projection) out.emplace_back(projection.name);
  return out;
}

class ProjectorTest : public ::testing::Test {
 protected:
  TemporaryDirectory directory;
  std::shared_ptr<Store> store = open_store(directory.path());
  MemoryEventLog log{&read_header};
  Events events;
};

TEST_F(ProjectorTest, FoldsTheWholeLogWhenAsked) {
  add_random(events, 1, 500);
  fill(log, events);
  const auto projector = open(store, log);
  EXPECT_EQ(projector->position(), Sequence{0});
  ASSERT_TRUE(projector->catch_up());
  EXPECT_EQ(projector->position(), log.head().sequence);
  const auto digest = projector->digest("subject_index");
  ASSERT_TRUE(digest);
  EXPECT_EQ(digest->position, log.head().sequence);
}

// Several reads of the log make a batch, unless their rows hold enough before.
TEST_F(ProjectorTest, EndsABatchWhenItsRowsHoldEnough) {
  add_random(events, 1, 10'000);
  fill(log, events);
  const auto fold = [&](const std::shared_ptr<Store>& into, FoldLimits limits) {
    const auto projector = *Projector::open(into, log, every_projection, {.limits = limits});
    std::vector<Sequence> ends;
    EXPECT_TRUE(projector->catch_up(log.head().sequence,
                                    [&](Sequence folded, Sequence) { ends.push_back(folded); }));
    return std::pair(ends, digests(*projector));
  };
  const auto [whole, whole_rows] = fold(store, {});
  EXPECT_EQ(whole, std::vector{log.head().sequence});

  const TemporaryDirectory other;
  const auto [bounded, bounded_rows] = fold(open_store(other.path()), {.bytes = 1});
  EXPECT_GT(bounded.size(), 2U);
  EXPECT_EQ(bounded.back(), log.head().sequence);
  EXPECT_EQ(bounded_rows, whole_rows);
}

TEST_F(ProjectorTest, FollowsTheLogInAThreadOfItsOwn) {
  const auto projector = open(store, log);
  projector->start();
  for (int round = 0; round < 5; ++round) {
    add_random(events, static_cast<std::uint64_t>(round), 50);
    fill(log, events);
    ASSERT_TRUE(projector->wait_for(log.head().sequence, Millis{10'000}));
  }
  projector->stop();
  EXPECT_EQ(projector->wait_for(next(log.head().sequence), Millis{1}).error().code,
            ErrorCode::unavailable);
}

TEST_F(ProjectorTest, FoldsAFullBatchThoughThereIsTimeToGatherMore) {
  auto projector = *Projector::open(store, log, every_projection,
                                    {.limits = {.events = 50}, .gather = Millis{3'600'000}});
  add_random(events, 1, 10);
  fill(log, events);
  projector->start();
  std::this_thread::sleep_for(std::chrono::milliseconds(100));  // it has begun to wait
  EXPECT_EQ(projector->position(), Sequence{0});
  add_random(events, 2, 100);
  fill(log, events);
  for (int rounds = 0; rounds < 1'000 && projector->position() == Sequence{0}; ++rounds)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_GT(projector->position(), Sequence{0});
  projector->stop();
}

TEST_F(ProjectorTest, TheIndexAnswersWithEventsButNoSealedText) {
  events.add(PersonRegistered{PersonId{17}}, {.sealed = "sealed name"});
  events.add(DailyReportSubmitted{PersonId{17}, ReportId{1}, date(2022, 1, 1), Minutes{300}},
             {.sealed = "sealed narrative"});
  fill(log, events);
  const auto projector = open(store, log);
  ASSERT_TRUE(projector->catch_up());
  const SubjectIndex index(std::make_shared<CurrentRows>(projector->views(), "subject_index"));
  std::vector<Event> seen;
  std::vector<Hash256> leaves;
  const auto visit = [&](const Event& event, const Hash256& leaf) -> Status {
    seen.push_back(event);
    leaves.push_back(leaf);
    return {};
  };
  ASSERT_TRUE(index.each(subject_of(PersonId{17}), month(2022, 1), Sequence{9}, visit));
  ASSERT_EQ(seen.size(), 1U);
  Event expected = events.at(Sequence{3});
  EXPECT_FALSE(expected.sealed.empty());
  // What only the log can answer for.
  expected.sealed.clear();
  expected.agency = 0;
  expected.previous = {};
  expected.command = {};
  expected.command_mac = {};
  EXPECT_EQ(seen[0], expected);
  EXPECT_EQ(leaves[0], log.head().leaf);
  seen.clear();
  ASSERT_TRUE(index.each(subject_of(PersonId{17}), month(2022, 1), Sequence{2}, visit));
  EXPECT_TRUE(seen.empty()) << "the third event was not known at the second";
  EXPECT_EQ(*index.version(subject_of(PersonId{17})), 2U);
  EXPECT_EQ(*index.command(events.at(Sequence{3}).command), Sequence{3});
  EXPECT_EQ(*index.command(CommandId{}), std::nullopt);
}

TEST_F(ProjectorTest, WhatAProjectionIsNotShownMakesNoRowOfIt) {
  add_random(events, 1, 2'000);
  for (const Projection& projection : every_projection) {
    std::size_t shown = 0;
    Rows rows;
    for (const Event& event : events.all()) {
      if (projection.folds(event)) {
        ++shown;
        continue;
      }
      ASSERT_TRUE(projection.fold(FoldInput{event, Hash256{}, 420}, rows));
      ASSERT_TRUE(rows.sorted().empty()) << projection.name << " " << to_string(event.type());
    }
    EXPECT_GT(shown, 0U) << projection.name;
  }
}

TEST_F(ProjectorTest, NoRowOfAnyViewHoldsSealedText) {
  add_random(events, 3, 500);
  fill(log, events);
  const auto projector = open(store, log);
  ASSERT_TRUE(projector->catch_up());
  for (const Projection& projection : every_projection) {
    const CurrentRows rows(projector->views(), std::string(projection.name));
    ASSERT_TRUE(rows.scan("\x01", "\xFF", [&](BytesView, BytesView value) -> Status {
      EXPECT_EQ(value.find("sealed n"), BytesView::npos) << projection.name;
      return {};
    }));
  }
}

// --- the cut into batches, crashes, engines
// --------------------------------------------------------

TEST_F(ProjectorTest, TheRowsDoNotDependOnTheCutIntoBatches) {
  add_random(events, 4, 700);
  fill(log, events);
  const auto reference = open(store, log, 1'000);
  ASSERT_TRUE(reference->catch_up());
  const std::vector<Hash256> expected = digests(*reference);
  for (const std::size_t batch : {1U, 2U, 7U, 64U, 333U}) {
    TemporaryDirectory other;
    const auto projector = open(open_store(other.path()), log, batch);
    ASSERT_TRUE(projector->catch_up());
    EXPECT_EQ(digests(*projector), expected) << "batches of " << batch;
  }
}

TEST_F(ProjectorTest, ContinuesFromItsOwnPositionAfterEachReopening) {
  add_random(events, 5, 400);
  fill(log, events);
  const auto reference = open(store, log);
  ASSERT_TRUE(reference->catch_up());
  TemporaryDirectory other;
  for (std::uint64_t until = 37; until < log.head().sequence.value + 37; until += 37) {
    const auto projector = open(open_store(other.path()), log, 10);
    EXPECT_EQ(projector->position().value, until - 37);
    ASSERT_TRUE(projector->catch_up(Sequence{until}));
  }
  const auto projector = open(open_store(other.path()), log);
  EXPECT_EQ(digests(*projector), digests(*reference));
}

TEST_F(ProjectorTest, AStoreCopiedBetweenTwoBatchesIsWhole) {
  add_random(events, 6, 300);
  fill(log, events);
  const auto projector = open(store, log, 50);
  ASSERT_TRUE(projector->catch_up(Sequence{150}));
  TemporaryDirectory crashed;
  const std::string copy = crashed.path() + "/copy";
  ASSERT_TRUE(store->checkpoint(copy));
  ASSERT_TRUE(projector->catch_up());
  const auto recovered = open(open_store(copy), log, 50);
  EXPECT_EQ(recovered->position(), Sequence{150});
  ASSERT_TRUE(recovered->catch_up());
  EXPECT_EQ(digests(*recovered), digests(*projector));
}

TEST_F(ProjectorTest, GivesTheSameDigestsOnTheRocksdbEngine) {
  add_random(events, 7, 300);
  fill(log, events);
  const auto memory = open(store, log);
  ASSERT_TRUE(memory->catch_up());
  TemporaryDirectory other;
  const auto embedded = RocksdbEventLog::open(other.path(), &read_header);
  ASSERT_TRUE(embedded) << embedded.error().describe();
  fill(**embedded, events);
  const auto projector = open((*embedded)->store(), **embedded);
  ASSERT_TRUE(projector->catch_up());
  EXPECT_EQ(digests(*projector), digests(*memory));
}

TEST_F(ProjectorTest, ANewProjectionCatchesUpWithTheOthers) {
  add_random(events, 8, 200);
  fill(log, events);
  const std::vector<Projection> one{subject_index::projection};
  {
    const auto projector = open(store, log, 100, one);
    ASSERT_TRUE(projector->catch_up(Sequence{120}));
  }
  Projection second = subject_index::projection;
  second.name = "second";
  const std::vector<Projection> both{subject_index::projection, second};
  const auto projector = open(store, log, 50, both);
  EXPECT_EQ(projector->position(), Sequence{0});
  ASSERT_TRUE(projector->catch_up());
  EXPECT_EQ(projector->digest("second")->hash, projector->digest("subject_index")->hash);
}

TEST_F(ProjectorTest, AChangedVersionStartsFromNothingAndItsOldFamilyIsDropped) {
  add_random(events, 9, 100);
  fill(log, events);
  ASSERT_TRUE(open(store, log)->catch_up());
  Projection changed = subject_index::projection;
  changed.version = 99;
  const auto projector = open(store, log, 100, {changed});
  EXPECT_EQ(projector->position(), Sequence{0});
  ASSERT_TRUE(projector->catch_up());
  std::size_t families = 0;
  for (const std::string& family : store->families())
    families += family.starts_with("view.subject_index.") ? 1U : 0U;
  EXPECT_EQ(families, 1U);
}

// --- refusals
// --------------------------------------------------------------------------------------

TEST_F(ProjectorTest, RefusesAViewAheadOfItsLog) {
  add_random(events, 10, 50);
  fill(log, events);
  ASSERT_TRUE(open(store, log)->catch_up());
  MemoryEventLog shorter(&read_header);
  fill(shorter, Events());
  const auto opened = Projector::open(store, shorter, every_projection);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  EXPECT_THAT(opened.error().message, ::testing::HasSubstr("ahead of the log"));
}

TEST_F(ProjectorTest, RefusesAViewOfAnotherHistory) {
  add_random(events, 11, 50);
  fill(log, events);
  ASSERT_TRUE(open(store, log)->catch_up());
  Events others;
  add_random(others, 12, 90);
  MemoryEventLog other(&read_header);
  fill(other, others);
  const auto opened = Projector::open(store, other, every_projection);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  EXPECT_THAT(opened.error().message, ::testing::HasSubstr("another history"));
}

Status refuse_the_tenth(const FoldInput& input, Rows&) {
  if (input.event.sequence == Sequence{10}) return fail(ErrorCode::corrupt, "not the tenth");
  return {};
}

TEST_F(ProjectorTest, AFoldThatRefusesAnEventStopsTheProjectorWithItsName) {
  add_random(events, 13, 50);
  fill(log, events);
  const auto projector = open(store, log, 4, {Projection{"strict", 1, &refuse_the_tenth}});
  projector->start();
  const Status waited = projector->wait_for(log.head().sequence, Millis{10'000});
  ASSERT_FALSE(waited);
  EXPECT_EQ(waited.error().message, "not the tenth (event 10)");
  EXPECT_EQ(projector->position(), Sequence{8}) << "whole batches before it stand";
}

// --- rebuild
// ---------------------------------------------------------------------------------------

TEST_F(ProjectorTest, RebuiltEqualsLiveAndTakesItsPlace) {
  add_random(events, 20, 600);
  fill(log, events);
  const auto projector = open(store, log, 17);
  ASSERT_TRUE(projector->catch_up());
  const std::vector<Hash256> before = digests(*projector);
  const auto rebuilt = projector->rebuild(names());
  ASSERT_TRUE(rebuilt) << rebuilt.error().describe();
  ASSERT_EQ(rebuilt->size(), every_projection.size());
  for (const Rebuilt& one : *rebuilt) {
    EXPECT_TRUE(one.promoted) << one.projection;
    EXPECT_EQ(one.digest_old, one.digest_new);
    EXPECT_EQ(one.events, log.head().sequence.value);
    EXPECT_GT(one.rows, 0U);
  }
  EXPECT_EQ(digests(*projector), before);
  add_random(events, 21, 50);
  fill(log, events);
  ASSERT_TRUE(projector->catch_up()) << "the promoted views follow the log";
  std::size_t views = 0;
  for (const std::string& family : store->families())
    views += family.starts_with("view.") ? 1U : 0U;
  EXPECT_EQ(views, every_projection.size()) << "the old families are gone";
}

TEST_F(ProjectorTest, RebuildsWhileTheLogGrowsAndReadersRead) {
  add_random(events, 22, 500);
  fill(log, events);
  const auto projector = open(store, log, 20);
  ASSERT_TRUE(projector->catch_up());
  projector->start();
  std::atomic<bool> done{false};
  std::thread reader([&] {
    const SubjectIndex index(std::make_shared<CurrentRows>(projector->views(), "subject_index"));
    while (!done) EXPECT_GT(*index.version(agency_subject), 0U);
  });
  bool grown = false;
  RebuildOptions options;
  options.progress = [&](Sequence, Sequence) {
    if (grown) return;
    grown = true;
    add_random(events, 23, 300);
    fill(log, events);
  };
  const auto rebuilt = projector->rebuild(names(), options);
  done = true;
  reader.join();
  ASSERT_TRUE(rebuilt) << rebuilt.error().describe();
  for (const Rebuilt& one : *rebuilt) EXPECT_TRUE(one.promoted) << one.projection;
  ASSERT_TRUE(projector->wait_for(log.head().sequence, Millis{10'000}));
  projector->stop();
  TemporaryDirectory other;
  const auto fresh = open(open_store(other.path()), log);
  ASSERT_TRUE(fresh->catch_up());
  EXPECT_EQ(digests(*projector), digests(*fresh));
}

// Every view by files, by batches, and by whichever is cheaper, which changes between stretches.
constexpr BulkOptions bulks[] = {
    {.threads = 1, .stretch_max = 11, .stretch_min = 1, .file_bytes_min = 0},
    {.threads = 3, .stretch_max = 64, .stretch_min = 1, .file_bytes_min = 0},
    {.threads = 3, .stretch_max = 10'000, .stretch_min = 1, .file_bytes_min = 0},
    {.threads = 1, .stretch_max = 64, .stretch_min = 1, .file_bytes_min = 1 << 20},
    {.threads = 3, .stretch_max = 11, .stretch_min = 1, .file_bytes_min = 1 << 20},
    {.threads = 3, .stretch_max = 11, .stretch_min = 1, .file_bytes_min = 400},
    {.threads = 1, .stretch_max = 64, .stretch_min = 1, .file_bytes_min = 2'000},
};

TEST_F(ProjectorTest, RebuiltInStretchesByManyThreadsEqualsLive) {
  add_random(events, 26, 200);
  fill(log, events);
  for (const BulkOptions& bulk : bulks) {
    TemporaryDirectory other;
    const auto projector =
        Projector::open(open_store(other.path()), log, every_projection,
                        {.limits = {.events = 50, .bytes = 1 << 20}, .bulk = bulk});
    ASSERT_TRUE(projector);
    ASSERT_TRUE((*projector)->catch_up());
    const auto rebuilt = (*projector)->rebuild(names());
    ASSERT_TRUE(rebuilt) << rebuilt.error().describe();
    for (const Rebuilt& one : *rebuilt)
      EXPECT_TRUE(one.promoted) << one.projection << ": " << bulk.threads
                                << " threads, stretches of " << bulk.stretch_max << ", files from "
                                << bulk.file_bytes_min << " bytes on";
  }
}

// Some were folded batch by batch before; the rest by several threads.
TEST_F(ProjectorTest, CatchingUpFromAfarGivesTheSameRows) {
  add_random(events, 27, 300);
  fill(log, events);
  TemporaryDirectory other;
  const auto expected = open(open_store(other.path()), log);
  ASSERT_TRUE(expected->catch_up());
  for (const std::uint64_t before : {0U, 1U, 120U, 299U}) {
    TemporaryDirectory mine;
    const auto projector = Projector::open(
        open_store(mine.path()), log, every_projection,
        {.limits = {.events = 50, .bytes = 1 << 20},
         .bulk = {.threads = 2, .stretch_max = 40, .stretch_min = 1, .file_bytes_min = 1'000},
         .bulk_min = 150});
    ASSERT_TRUE(projector);
    while ((*projector)->position().value < before)
      ASSERT_TRUE((*projector)->catch_up(next((*projector)->position())));
    ASSERT_TRUE((*projector)->catch_up());
    EXPECT_EQ((*projector)->position(), log.head().sequence);
    EXPECT_EQ(digests(**projector), digests(*expected)) << "from event " << before;
  }
}

TEST_F(ProjectorTest, AFoldThatRefusesAnEventEndsARebuildWithItsName) {
  add_random(events, 27, 200);
  fill(log, events);
  for (const auto& [threads, file_bytes_min] :
       {std::pair<std::size_t, std::size_t>{1, 0}, {3, 0}, {3, 1 << 20}}) {
    TemporaryDirectory other;
    const std::shared_ptr<Store> beside = open_store(other.path());
    const Projection strict{"strict", 1, &refuse_the_tenth};
    const auto views = *Views::open(beside, {strict});
    Track track{strict, *views->current("strict"), {}};
    Track* const one = &track;
    const Status folded = BulkFold(*beside, log,
                                   {.threads = threads,
                                    .stretch_max = 4,
                                    .stretch_min = 1,
                                    .file_bytes_min = file_bytes_min})
                              .run({&one, 1}, log.head().sequence);
    ASSERT_FALSE(folded);
    EXPECT_EQ(folded.error().message, "not the tenth (event 10)");
    EXPECT_EQ(track.position.sequence, Sequence{8}) << "whole stretches before it stand";
  }
}

class DamagedView : public ProjectorTest {
 protected:
  void SetUp() override {
    add_random(events, 24, 200);
    fill(log, events);
    projector = open(store, log);
    ASSERT_TRUE(projector->catch_up());
    const ViewPtr view = *projector->views()->current("subject_index");
    StoreBatch batch;
    batch.put(view->family(), "w damaged", "1");
    batch.erase(view->family(), subject_index::version_key(agency_subject));
    ASSERT_TRUE(store->write(batch, Durability::buffered));
  }
  Rebuilt rebuild() {
    differences.clear();
    auto rebuilt = projector->rebuild(
        {"subject_index"},
        {.difference = [&](std::string_view of, const ViewState::Difference& difference) -> Status {
          EXPECT_EQ(of, "subject_index");
          differences.push_back(difference);
          return {};
        }});
    EXPECT_TRUE(rebuilt);
    return std::move(rebuilt->front());
  }
  std::vector<ViewState::Difference> differences;
  std::unique_ptr<Projector> projector;
};

TEST_F(DamagedView, IsNotReplacedButItsDifferencesAreListed) {
  const Hash256 damaged = projector->digest("subject_index")->hash;
  const Rebuilt rebuilt = rebuild();
  EXPECT_FALSE(rebuilt.promoted);
  EXPECT_EQ(rebuilt.digest_old, damaged);
  EXPECT_NE(rebuilt.digest_new, damaged);
  EXPECT_EQ(rebuilt.differences, 2U);
  ASSERT_EQ(differences.size(), 2U);
  EXPECT_EQ(differences[0].key, subject_index::version_key(agency_subject));
  EXPECT_EQ(differences[0].left, std::nullopt);
  EXPECT_EQ(differences[1].key, "w damaged");
  EXPECT_EQ(differences[1].left, "1");
  EXPECT_EQ(differences[1].right, std::nullopt);
  EXPECT_EQ(projector->digest("subject_index")->hash, damaged) << "the old view still serves";
}

TEST_F(DamagedView, IsReplacedWhenToldAlsoAfterAReopening) {
  const Rebuilt rebuilt = rebuild();
  projector = nullptr;
  add_random(events, 25, 30);
  fill(log, events);
  projector = open(store, log);
  ASSERT_TRUE(projector->promote("subject_index"));
  ASSERT_TRUE(projector->catch_up());
  EXPECT_TRUE(rebuild().promoted) << "now the two agree";
  EXPECT_EQ(projector->promote("subject_index").error().code, ErrorCode::not_found);
}

TEST_F(DamagedView, StaysWhenTheRebuiltOneIsDiscarded) {
  const Rebuilt rebuilt = rebuild();
  ASSERT_TRUE(projector->discard("subject_index"));
  EXPECT_EQ(projector->digest("subject_index")->hash, rebuilt.digest_old);
  EXPECT_EQ(projector->promote("subject_index").error().code, ErrorCode::not_found);
}

TEST_F(ProjectorTest, FamiliesThatACrashLeftBehindAreDroppedAtOpening) {
  fill(log, events);
  ASSERT_TRUE(open(store, log)->catch_up());
  ASSERT_TRUE(store->create_family({"view.subject_index.1.77"}));
  ASSERT_TRUE(store->create_family({"not_a_view"}));
  (void)open(store, log);
  EXPECT_FALSE(store->family("view.subject_index.1.77"));
  EXPECT_TRUE(store->family("not_a_view"));
}

TEST_F(ProjectorTest, AnUnknownProjectionIsRefusedByName) {
  const auto projector = open(store, log);
  const auto rebuilt = projector->rebuild({"nonsense"});
  ASSERT_FALSE(rebuilt);
  EXPECT_EQ(rebuilt.error().code, ErrorCode::not_found);
  EXPECT_EQ(rebuilt.error().value, "nonsense");
  EXPECT_FALSE(projector->digest("nonsense"));
}

// Parts of many things in many files: what is read of one is what lies between its keys.
TEST(Parts, AreReadAsAnyRowsAreOfWhicheverFiles) {
  const testing::TemporaryDirectory directory;
  const std::shared_ptr<Store> store = open_store(directory.path());
  const auto family = store->create_family({"parts"});
  ASSERT_TRUE(family);
  const auto key = [](std::uint32_t thing, std::uint32_t part) {
    Bytes out = "E";
    append_u32(out, thing);
    append_u32(out, part);
    return out;
  };
  constexpr std::uint32_t files = 5;
  constexpr std::uint32_t things = 40;
  for (std::uint32_t file = 0; file < files; ++file) {
    StoreBatch batch;
    for (std::uint32_t thing = 0; thing < things; ++thing)
      if ((thing * 7 + file * 3) % 4 != 0)
        for (std::uint32_t part = file * 2; part < file * 2 + 2; ++part)
          batch.append(*family, key(thing, part),
                       std::to_string(thing) + "/" + std::to_string(part));
    ASSERT_TRUE(store->write(batch, Durability::synced));
    if (file + 1 < files) {  // the last stays in memory
      ASSERT_TRUE(store->flush());
    }
  }
  const ViewRows rows(std::make_shared<View>(store, *family, "parts"));
  const auto read = [&](auto scan, std::uint32_t thing, std::uint32_t from, std::uint32_t until) {
    std::vector<Bytes> out;
    EXPECT_TRUE((rows.*scan)(key(thing, from), key(thing, until), [&](BytesView at, BytesView) {
      out.emplace_back(at);
      return Status{};
    }));
    return out;
  };
  std::size_t found = 0;
  for (std::uint32_t thing = 0; thing <= things; ++thing)
    for (std::uint32_t from = 0; from <= 2 * files; ++from)
      for (std::uint32_t until = from; until <= 2 * files; ++until) {
        const auto parts = read(&ViewRows::scan_parts, thing, from, until);
        EXPECT_EQ(parts, read(&ViewRows::scan, thing, from, until));
        EXPECT_EQ(*rows.last_key(key(thing, from), key(thing, until)),
                  parts.empty() ? std::nullopt : std::optional(parts.back()));
        found += parts.size();
      }
  EXPECT_GT(found, 1'000U);
}

}  // namespace
}  // namespace runut
