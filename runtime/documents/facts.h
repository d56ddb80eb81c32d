// What the builders read: the records of a table as spans, and who holds what at
// the as-of instant. Tests fill it from vectors; facts.cpp fills it from a table.
#ifndef SOD_DOCUMENTS_FACTS_H_
#define SOD_DOCUMENTS_FACTS_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/documents/table.h"
#include "runtime/format/layout.h"
#include "sod/documents.h"
#include "sod/query.h"

namespace sod::documents {

// One thing somebody holds and the ways it came: "directly", "via CEO", "via team Platform".
struct HeldItem {
  uint32_t target = kNone;              // row of Roles or Duties
  std::string level_words;              // of a duty, "Limited"; empty at the top level
  Instant until = kEndOfTime;
  std::vector<std::string> ways;        // empty when it is held directly alone
  Marks marks = 0;                      // of the ways
};

struct HeldElement {
  std::string what;                     // "Code Review"
  std::string ways;                     // "assigned directly; via CEO"
};
struct HeldConflict {
  uint32_t rule = kNone;
  Verdict disposition = Verdict::Denied;
  std::vector<HeldElement> held;        // the elements of its sides
};

struct Holder {
  SubjectKind kind = SubjectKind::Person;
  std::string id;
  std::string title;
  std::string description;
  uint32_t actor = kNone;               // row of Actors; none for an account
  bool is_vacant = false;
  bool is_complete = true;
  std::vector<std::string> accounts;
  // Filled when the people are asked for, not for pairs and roles.
  std::vector<HeldItem> roles;
  std::vector<HeldItem> duties;
  std::vector<HeldConflict> conflicts;
  Verdict verdict = Verdict::Clear;
};

// One conflict of one holder, as answered.
struct JudgedHit {
  struct OneControl {
    uint32_t control = kNone;             // row of Controls
    bool counts = false;
    Rejection reason = Rejection::NoClass;  // the first, when it does not count
    bool is_run_by_nothing = false;         // AdministratorUnknown: it is not even said what runs it
  };
  uint32_t holder = kNone;                // row of Facts::holders
  Verdict disposition = Verdict::Denied;
  uint32_t residual = kNone;              // row of ScaleMembers; kNone: not rated
  std::vector<OneControl> controls;
};

struct Facts {
#define SOD_SECTION(number, Name, Row, Kind) std::span<const format::Row##Record> Name;
#include "runtime/format/records.def"
  // Where `Rules` is when amendments have ended: the rules as they are at the as-of instant.
  std::shared_ptr<const std::vector<format::RuleRecord>> restored_rules;
  std::span<const uint32_t> string_offsets;
  const char* string_bytes = nullptr;

  std::vector<Holder> holders;                       // declared order
  std::vector<std::vector<uint32_t>> element_holders;  // by row of Elements: rows of holders
  std::vector<std::vector<uint32_t>> rule_violators;   // by row of Rules: rows of holders
  // Beside the violators: "eligible", when it is one only with what is held in that state; else empty.
  std::vector<std::vector<std::string_view>> violator_states;
  std::vector<std::vector<uint32_t>> rule_undecided;   // who would be one if undecided grants were decided

  std::vector<std::vector<JudgedHit>> rule_hits;       // by row of Rules; filled with PeopleDepth::Conflicts

  Instant as_of = 0;
  std::string table_sha256;
  std::string tool_version;

  const format::MetaRecord& meta() const { return Meta[0]; }
  int32_t time_zone() const { return format::TimeZoneOf(meta()); }
  std::string_view Text(uint32_t number) const {
    const uint32_t begin = string_offsets[number];
    return {string_bytes + begin, string_offsets[number + 1] - begin};
  }
  // The title, or the name of what has none.
  template <typename Record>
  std::string_view TitleOf(const Record& record) const {
    return Text(record.title != 0 ? record.title : record.name);
  }
};

// The rows of a SOD_RANGE field.
template <typename Record>
std::span<const Record> Slice(std::span<const Record> rows, uint32_t first, uint32_t count) {
  return rows.subspan(first, count);
}

// The words for a level of the access scale, by rank; the policy has such a scale.
std::string LevelWords(const Facts& facts, uint32_t level);

// How much of the people is needed: nothing for duties and roles, bits for pairs, all for people.
enum class PeopleDepth : uint8_t { None, Holders, Conflicts };

// Result: the people of a table can be too many for one answer (LimitExceeded).
Result<Facts> ReadFacts(const sod::Table& table, const MatrixOptions& options, PeopleDepth depth);

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_FACTS_H_
