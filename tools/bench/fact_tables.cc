#include "tools/bench/fact_tables.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <type_traits>

#include "codec/json_writer.h"
#include "codec/scalar.h"

namespace runut::bench {
namespace {

template <class T>
inline constexpr bool is_fixed = false;
template <class Tag, std::size_t N>
inline constexpr bool is_fixed<FixedBytes<Tag, N>> = true;
template <class T>
inline constexpr bool is_maybe = false;
template <class T>
inline constexpr bool is_maybe<std::optional<T>> = true;

std::string snake_case(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool upper = std::isupper(static_cast<unsigned char>(c)) != 0;
    if (upper && !out.empty()) out += '_';
    out += upper ? static_cast<char>(std::tolower(static_cast<unsigned char>(c))) : c;
  }
  return out;
}

// Visits the columns of a field in order: a record's own fields are columns of their own
// (decree_number), lists are JSON. `value` null: the field is absent.
template <class T, class Take>
void each_column(const std::string& name, const T* value, Take&& take) {
  if constexpr (is_maybe<T>) {
    each_column(name, value != nullptr && *value ? &**value : nullptr, take);
  } else if constexpr (std::is_same_v<T, std::string>) {
    take(name, ColumnKind::text, value != nullptr ? FactCell(*value) : FactCell());
  } else if constexpr (std::is_same_v<T, bool>) {
    take(name, ColumnKind::small, value != nullptr ? FactCell(std::int64_t{*value}) : FactCell());
  } else if constexpr (codec::IsScalar<T>) {
    using Stored = typename codec::Scalar<T>::Stored;
    constexpr ColumnKind kind = sizeof(Stored) <= 2   ? ColumnKind::small
                                : sizeof(Stored) <= 4 ? ColumnKind::integer
                                                      : ColumnKind::big;
    FactCell cell;
    if (value != nullptr) cell = static_cast<std::int64_t>(codec::Scalar<T>::to_stored(*value));
    take(name, kind, std::move(cell));
  } else if constexpr (is_fixed<T>) {
    take(name, sizeof(T) == sizeof(Uuid) ? ColumnKind::uuid : ColumnKind::bytes,
         value != nullptr ? FactCell(FactBytes{Bytes(value->view())}) : FactCell());
  } else if constexpr (Record<T>) {
    static const T absent{};
    T::visit(value != nullptr ? *value : absent, [&]<class F>(std::string_view field, const F& of) {
      each_column(name + "_" + std::string(field), value != nullptr ? &of : nullptr, take);
    });
  } else {
    FactCell cell;
    if (value != nullptr) {
      std::string json;
      codec::append_json(json, *value);
      cell = std::move(json);
    }
    take(name, ColumnKind::json, std::move(cell));
  }
}

template <class T>
std::optional<T> unless(bool leave_out, T value) {
  return leave_out ? std::nullopt : std::optional<T>(std::move(value));
}

// The envelope, less what the payload says and what is as usual.
template <class Take>
void each_envelope_column(const Event& event, Take&& take) {
  const auto column = [&]<class T>(const char* name, const T& value) {
    each_column(name, &value, take);
  };
  column("sequence", event.sequence);
  column("commit_index", event.commit_index);
  column("occurred_on", event.occurred_on);
  column("recorded_at", event.recorded_at);
  column("acted_at", unless(event.acted_at == event.recorded_at, event.acted_at));
  column("origin", event.origin);
  column("subject_version", event.subject_version);
  column("command", event.command);
  column("actor_kind", event.actor.kind);
  column("actor", event.actor.id);
  column("actor_role", event.actor.role);
  column("actor_assurance", event.actor.assurance);
  column("actor_method", unless(event.actor.method.empty(), event.actor.method));
  column("actor_issuer", unless(event.actor.issuer.empty(), event.actor.issuer));
  column("actor_credential", event.actor.credential);
  column("on_behalf_of", event.actor.on_behalf_of);
  column("supersedes", event.supersedes);
  column("causation", event.causation);
  column("regulation_document", event.regulation);
  column("correlation", event.correlation);
  column("change_reason", unless(event.reason.empty(), event.reason));
  column("evidence_hashes", unless(event.evidence.empty(), event.evidence));
  take("sealed", ColumnKind::bytes,
       event.sealed.empty() ? FactCell() : FactCell(FactBytes{event.sealed}));
}

bool is_envelope_column(std::string_view name) {
  static const std::set<std::string, std::less<>> names = [] {
    std::set<std::string, std::less<>> out;
    each_envelope_column(Event{}, [&](const std::string& column, ColumnKind, const FactCell&) {
      out.insert(column);
    });
    return out;
  }();
  return names.contains(name);
}

template <class Take>
void each_event_column(const Event& event, Take&& take) {
  each_envelope_column(event, take);
  std::visit(
      [&]<class P>(const P& payload) {
        if constexpr (Record<P>)
          P::visit(payload, [&]<class F>(std::string_view name, const F& field) {
            const std::string column(name);
            each_column(is_envelope_column(column) ? "fact_" + column : column, &field, take);
          });
      },
      event.payload);
}

void add_indexes(FactTable& table) {
  const auto has = [&](std::string_view name) {
    return std::any_of(table.columns.begin(), table.columns.end(),
                       [&](const FactColumn& column) { return column.name == name; });
  };
  table.indexes.push_back({{"command"}, "commit_index = 0"});
  const std::string day = has("date") ? "date" : "occurred_on";
  if (has("person"))
    table.indexes.push_back({{"person", day}, ""});
  else if (has("unit"))
    table.indexes.push_back({{"unit", day}, ""});
  if (has("run_unit")) table.indexes.push_back({{"run_month", "run_unit"}, ""});
}

FactTable make_table(EventType type) {
  FactTable table{snake_case(to_string(type)), {}, {}};
  Event event;
  event.payload = make_payload(type);
  each_event_column(event, [&](const std::string& name, ColumnKind kind, const FactCell&) {
    table.columns.push_back({name, kind});
  });
  add_indexes(table);
  return table;
}

constexpr std::array released = {
#define RUNUT_FACT_TYPE(number, name, text) EventType::name,
    RUNUT_RELEASED_EVENTS(RUNUT_FACT_TYPE)
#undef RUNUT_FACT_TYPE
};

}  // namespace

const std::vector<FactTable>& fact_tables() {
  static const std::vector<FactTable> tables = [] {
    std::vector<FactTable> out;
    for (const EventType type : released) out.push_back(make_table(type));
    return out;
  }();
  return tables;
}

FactRow fact_row(const Event& event) {
  // The payload's alternatives stand in the order of release, behind "none".
  FactRow row{event.payload.index() - 1, {}};
  row.cells.reserve(fact_tables()[row.table].columns.size());
  each_event_column(event, [&](const std::string&, ColumnKind, FactCell cell) {
    row.cells.push_back(std::move(cell));
  });
  return row;
}

}  // namespace runut::bench
