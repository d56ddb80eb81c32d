// Histories as JSON lines (docs/histories.md): acts, approvals, relations and parts of objects.
#ifndef SODC_DRIVER_HISTORY_FILE_H_
#define SODC_DRIVER_HISTORY_FILE_H_

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sod/history.h"
#include "sod/table.h"

namespace sodc {

inline constexpr uint64_t kMaxHistoryBytes = 256ull << 20;
inline constexpr size_t kMaxHistoryLine = 64 << 10;

class HistoryFile {
 public:
  // `label` is how places in the file are named: "acts.jsonl:3:12".
  HistoryFile(const sod::Table& table, std::string label) : table_(table), label_(std::move(label)) {}

  // Reads every line; what cannot be read is in errors(), and then the history must not be used.
  void Read(std::string_view text);
  // The object of this kind and id, added if the history does not have it.
  uint32_t ObjectOf(uint32_t kind, std::string_view id);

  // Says of an object what it is, seen by events at that time and later.
  void Say(const sod::HistoryValue& value) { values_.push_back(value); }

  sod::History history() const { return {objects_, events_, values_}; }
  const std::vector<std::string>& errors() const { return errors_; }
  const std::vector<std::string>& warnings() const { return warnings_; }
  // Who did it as the line says, where the policy does not know the name; empty: it knows it, or nobody was named.
  std::string_view UnknownNameOf(uint32_t line) const {
    const auto name = unknown_names_.find(line);
    return name == unknown_names_.end() ? std::string_view() : std::string_view(name->second);
  }
  std::string PlaceOf(uint32_t event) const { return label_ + ":" + std::to_string(events_[event].line); }

 private:
  friend class HistoryLine;
  void Error(uint32_t line, size_t column, const std::string& message);

  const sod::Table& table_;
  std::string label_;
  std::deque<std::string> ids_;
  std::map<std::pair<uint32_t, std::string_view>, uint32_t> rows_;
  std::vector<sod::HistoryObject> objects_;
  std::vector<sod::HistoryEvent> events_;
  std::vector<sod::HistoryValue> values_;
  std::map<uint32_t, sod::AttributeType> types_;   // of attributes that were said
  std::map<uint32_t, std::string> unknown_names_;  // by line
  std::vector<std::string> errors_, warnings_;
  uint32_t error_count_ = 0, warning_count_ = 0;
};

// A duty by name or title; an error names the nearest.
sod::Result<uint32_t> FindDutyNamed(const sod::Table& table, std::string_view name);
// Who acts: a person, team, service …; nothing when the policy does not know the name.
sod::Result<uint32_t> FindActorNamed(const sod::Table& table, std::string_view name);
// What is wrong with doing the duty on an object of the kind, when it says `on` another one; empty: nothing. Objects that are
// part of the other kind, or that it is part of, are of one matter with it.
std::string WrongKindFor(const sod::Table& table, uint32_t duty, uint32_t kind);
// A kind of object; an error lists them.
sod::Result<uint32_t> FindKindNamed(const sod::Table& table, std::string_view name);

}  // namespace sodc

#endif  // SODC_DRIVER_HISTORY_FILE_H_
