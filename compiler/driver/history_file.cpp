// Reads histories line by line; what is wrong is told with file, line and column.
#include "compiler/driver/history_file.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/Support/JSON.h>

#include "compiler/base/calendar.h"
#include "compiler/base/utf8.h"
#include "compiler/driver/history_values.h"
#include "compiler/driver/json_keys.h"
#include "compiler/driver/named.h"
#include "sod/query.h"

namespace sodc {
namespace json = llvm::json;

namespace {

constexpr size_t kMaxShownErrors = 20;

constexpr std::string_view kKeys[] = {"object", "type", "duty", "actor", "account", "at", "on_behalf_of", "attributes", "relation",
                                      "nobody", "part_of", "approves", "withdraws"};

// The column of a key of the object itself, or so deep in it behind `from`, one-based bytes; 1 when it is not there.
size_t ColumnOf(std::string_view line, std::string_view key, int wanted_depth = 1, size_t from = 0) {
  int depth = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '{' || line[i] == '[') ++depth;
    if (line[i] == '}' || line[i] == ']') --depth;
    if (line[i] != '"') continue;
    const size_t begin = ++i;
    while (i < line.size() && line[i] != '"') i += line[i] == '\\' ? 2 : 1;
    if (depth != wanted_depth || begin < from || line.substr(begin, std::min(i, line.size()) - begin) != key) continue;
    size_t after = i + 1;
    while (after < line.size() && line[after] == ' ') ++after;
    if (after < line.size() && line[after] == ':') return begin;
  }
  return 1;
}

// The first bracket that lies deeper than a history needs, one-based; 0: none. The JSON parser has no limit of its own.
size_t TooDeepAt(std::string_view line) {
  constexpr int kMaxDepth = 32;
  int depth = 0;
  bool is_text = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (is_text && line[i] == '\\') ++i;
    else if (line[i] == '"') is_text = !is_text;
    else if (!is_text && (line[i] == '{' || line[i] == '[') && ++depth > kMaxDepth) return i + 1;
    else if (!is_text && (line[i] == '}' || line[i] == ']')) --depth;
  }
  return 0;
}

// llvm says where in `[1:23, byte=22]: why`.
std::pair<size_t, std::string> PlaceInMessage(const std::string& message) {
  size_t column = 1;
  const size_t colon = message.find(':');
  if (message.starts_with("[") && colon != std::string::npos) column = static_cast<size_t>(std::max(1, std::atoi(message.c_str() + colon + 1)));
  const size_t end = message.find("]: ");
  return {column, end == std::string::npos ? message : message.substr(end + 3)};
}

}  // namespace

sod::Result<uint32_t> FindDutyNamed(const sod::Table& table, std::string_view name) {
  constexpr sod::NameKind kKinds[] = {sod::NameKind::Duty};
  const auto entity = FindNamed(table, name, kKinds);
  if (!entity) return entity.error();
  return entity->index;
}

sod::Result<uint32_t> FindActorNamed(const sod::Table& table, std::string_view name) {
  constexpr sod::NameKind kKinds[] = {sod::NameKind::Person,  sod::NameKind::Team, sod::NameKind::External,
                                      sod::NameKind::Service, sod::NameKind::Tool, sod::NameKind::Agent};
  const auto entity = FindNamed(table, name, kKinds);
  if (!entity) return entity.error();
  return entity->index;
}

sod::Result<uint32_t> FindKindNamed(const sod::Table& table, std::string_view name) {
  if (const auto kind = sod::FindObjectKind(table, name)) return *kind;
  std::vector<std::string_view> names;
  for (uint32_t kind = 0; kind < sod::ObjectKindCount(table); ++kind) names.push_back(sod::ObjectKindName(table, kind).name);
  return sod::Error{sod::ErrorCode::UnknownName, fmt::format("the policy has no object `{}`", name),
                    names.empty() ? "declare it: object name \"Title\"" : fmt::format("it has {}", fmt::join(names, ", "))};
}

std::string WrongKindFor(const sod::Table& table, uint32_t duty, uint32_t kind) {
  const uint32_t wanted = sod::KindOfDuty(table, duty);
  if (wanted == sod::kNone) return "";
  const auto is_part = [&](uint32_t part, uint32_t whole) {
    while (part != sod::kNone && part != whole) part = sod::PartOfKind(table, part);
    return part == whole;
  };
  if (is_part(kind, wanted) || is_part(wanted, kind)) return "";
  return fmt::format("`{}` is done on {}, not on {}", table.duty(duty).name, sod::ObjectKindName(table, wanted).name, sod::ObjectKindName(table, kind).name);
}

// One line while it is read.
class HistoryLine {
 public:
  HistoryLine(HistoryFile& file, std::string_view text, uint32_t number) : file_(file), table_(file.table_), text_(text), number_(number) {}

  void Read() {
    if (FindBrokenUtf8(std::string(text_)) != std::string::npos) return Fail("", "it is not UTF-8; save the file as UTF-8");
    if (const size_t column = TooDeepAt(text_); column != 0) return file_.Error(number_, column, "brackets lie more than 32 deep in each other");
    auto parsed = json::parse(llvm::StringRef(text_.data(), text_.size()));
    if (!parsed) {
      const auto [column, why] = PlaceInMessage(llvm::toString(parsed.takeError()));
      return file_.Error(number_, column, "it is no JSON object: " + why + "; write one object a line");
    }
    const json::Object* object = parsed->getAsObject();
    if (object == nullptr) return Fail("", "it is no JSON object; write one object a line");
    if (const auto repeated = FindRepeatedKey(text_)) {
      return file_.Error(number_, repeated->column, fmt::format("`{}` stands here twice; which one is meant?", repeated->key));
    }
    if (CheckKeys(*object)) ReadObject(*object);
  }

 private:
  void Fail(std::string_view key, const std::string& message) { FailAt(key.empty() ? 1 : ColumnOf(text_, key), message); }
  void FailAt(size_t column, const std::string& message) {
    file_.Error(number_, column, message);
    failed_ = true;
  }

  bool CheckKeys(const json::Object& object) {
    for (const auto& [key, value] : object) {
      const std::string name = key.str();
      if (std::ranges::find(kKeys, std::string_view(name)) == std::end(kKeys)) {
        Fail(name, fmt::format("`{}` means nothing here; a line has {}", name, fmt::join(kKeys, ", ")));
      }
    }
    return !failed_;
  }

  // Nothing when it is absent; an error when it is no text, or an empty one.
  std::optional<std::string> Text(const json::Object& object, std::string_view key) {
    const json::Value* value = object.get(llvm::StringRef(key.data(), key.size()));
    if (value == nullptr) return std::nullopt;
    const auto text = value->getAsString();
    if (!text || text->empty()) {
      Fail(key, fmt::format("`{}` must be a text that is not empty", key));
      return std::nullopt;
    }
    return text->str();
  }

  void ReadObject(const json::Object& object) {
    const auto id = Text(object, "object");
    const auto type = Text(object, "type");
    if (failed_) return;
    if (!id || !type) return Fail("", fmt::format("`{}` is missing: which object is it?", id ? "type" : "object"));
    const auto kind = FindKindNamed(table_, *type);
    if (!kind) return Fail("type", kind.error().message + "; " + kind.error().help);
    kind_ = kind.value();
    event_.object = file_.ObjectOf(kind_, *id);
    event_.line = number_;
    const auto part_of = Text(object, "part_of");
    if (part_of) SetWhole(*part_of);
    const json::Value* attributes = object.get("attributes");
    std::vector<std::string_view> what;
    for (const std::string_view key : {"duty", "relation", "approves", "withdraws"}) {
      if (object.get(llvm::StringRef(key.data(), key.size())) != nullptr) what.push_back(key);
    }
    if (failed_) return;
    if (what.size() > 1 || (what.empty() && !part_of && attributes == nullptr)) {
      return Fail(what.empty() ? "" : what[1], "a line says one thing: `duty`, `relation`, `approves`, `withdraws`, or `part_of` and `attributes` alone");
    }
    if (what.empty()) ReadTime(object, /*is_needed=*/false);
    else ReadEvent(object, what[0]);
    if (attributes != nullptr && !failed_) ReadAttributes(*attributes, !what.empty());
    if (!what.empty() && !failed_) file_.events_.push_back(event_);
  }

  void ReadAttributes(const json::Value& attributes, bool is_with_event) {
    const json::Object* object = attributes.getAsObject();
    if (object == nullptr) return Fail("attributes", "`attributes` must be an object");
    std::vector<std::tuple<size_t, std::string, const json::Value*>> said;  // in the order of the line
    for (const auto& [key, value] : *object) {
      const std::string name = key.str();
      said.emplace_back(ColumnOf(text_, name, 2, ColumnOf(text_, "attributes")), name, &value);
    }
    std::ranges::sort(said);
    for (const auto& [column, name, value] : said) {
      const auto attribute = FindAttributeNamed(table_, kind_, name);
      if (!attribute) {
        FailAt(column, attribute.error().message + "; " + attribute.error().help);
        continue;
      }
      const auto known = file_.types_.find(attribute.value());
      const sod::AttributeType& type = known != file_.types_.end() ? known->second
                                                                    : file_.types_.emplace(attribute.value(), sod::TypeOfAttribute(table_, attribute.value())).first->second;
      const ReadHistoryValue read = ReadValueOf(table_, type, *value);
      if (!read.error.empty()) FailAt(column, read.error);
      if (!read.warning.empty()) Warn(column, read.warning);
      if (type.source == sod::kNone) continue;
      file_.Say({event_.object, attribute.value(), read.is_known, read.is_of_other_currency, read.range, event_.at,
                 static_cast<uint32_t>(file_.events_.size()), is_with_event});
    }
  }

  void SetWhole(const std::string& id) {
    const uint32_t whole = sod::PartOfKind(table_, kind_);
    if (whole == sod::kNone) {
      return Fail("part_of", fmt::format("the policy does not say that a {} is part of anything", sod::ObjectKindName(table_, kind_).name));
    }
    const uint32_t row = file_.ObjectOf(whole, id);
    uint32_t& part_of = file_.objects_[event_.object].part_of;
    if (part_of != sod::kNone && part_of != row) return Fail("part_of", "an earlier line says that it is part of another one");
    part_of = row;
  }

  void ReadEvent(const json::Object& object, std::string_view what) {
    const auto name = Text(object, what);
    if (!name) return;
    if (what == "duty") {
      const auto duty = FindDutyNamed(table_, *name);
      if (!duty) return FailName(what, duty.error());
      event_.row = duty.value();
      if (const std::string wrong = WrongKindFor(table_, event_.row, kind_); !wrong.empty()) return Fail("type", wrong);
    } else if (what == "relation") {
      event_.kind = sod::EventKind::Relation;
      const auto relation = sod::FindRelation(table_, kind_, *name);
      if (!relation) return Fail(what, fmt::format("a {} has no relation `{}`; declare it in the object", sod::ObjectKindName(table_, kind_).name, *name));
      event_.row = *relation;
    } else {
      event_.kind = what == "approves" ? sod::EventKind::Approval : sod::EventKind::Withdrawal;
      const auto approval = sod::FindApproval(table_, kind_, *name);
      if (!approval) return Fail(what, fmt::format("no process on a {} has an approval `{}`", sod::ObjectKindName(table_, kind_).name, *name));
      event_.row = *approval;
    }
    ReadWho(object);
    ReadTime(object, event_.kind != sod::EventKind::Relation);
  }

  void FailName(std::string_view key, const sod::Error& error) { Fail(key, error.message + (error.help.empty() ? "" : "; " + error.help)); }

  void ReadTime(const json::Object& object, bool is_needed) {
    const auto at = Text(object, "at");
    if (failed_) return;
    if (!at) {
      if (is_needed) Fail("", "`at` is missing: when was it?");
      return;
    }
    const auto instant = ParseInstant(*at);
    if (!instant) return Fail("at", fmt::format("`{}` is no instant; write 2026-11-02T21:40:00+01:00", *at));
    event_.at = *instant;
  }

  void ReadWho(const json::Object& object) {
    const auto actor = Text(object, "actor");
    const auto account = Text(object, "account");
    const auto principal = Text(object, "on_behalf_of");
    const json::Value* nobody = object.get("nobody");
    if (failed_) return;
    if (nobody != nullptr && nobody->getAsBoolean() != true) return Fail("nobody", "`nobody` can only be true");
    event_.is_nobody = nobody != nullptr;
    if (event_.is_nobody && event_.kind != sod::EventKind::Relation) return Fail("nobody", "only a relation can be nobody's");
    if ((actor ? 1 : 0) + (account ? 1 : 0) + (event_.is_nobody ? 1 : 0) > 1) return Fail(account ? "account" : "nobody", "it was one: `actor` or `account`");
    if (actor) Find(*actor, "actor", event_.actor);
    if (account) {
      const auto row = sod::FindAccount(table_, *account);
      if (row) event_.account = row.value();
      else if (row.error().code == sod::ErrorCode::AmbiguousName) return FailName("account", row.error());
      else WarnOfName("account", *account);
    }
    if (!principal) return;
    Find(*principal, "on_behalf_of", event_.on_behalf_of);
    event_.has_unknown_principal = event_.on_behalf_of == sod::kNone;
  }

  // Whom the policy does not know may be anyone.
  void Find(const std::string& name, std::string_view key, uint32_t& row) {
    const auto actor = FindActorNamed(table_, name);
    if (actor) row = actor.value();
    else if (actor.error().code == sod::ErrorCode::AmbiguousName) FailName(key, actor.error());
    else WarnOfName(key, name);
  }

  void WarnOfName(std::string_view key, const std::string& name) {
    if (key != "on_behalf_of") file_.unknown_names_[number_] = name;
    Warn(ColumnOf(text_, key), fmt::format("the policy knows no `{}`: it may be anyone", name));
  }
  void Warn(size_t column, const std::string& message) {
    ++file_.warning_count_;
    if (file_.warnings_.size() >= kMaxShownErrors) return;
    file_.warnings_.push_back(fmt::format("{}:{}:{}: {}", file_.label_, number_, column, message));
  }

  HistoryFile& file_;
  const sod::Table& table_;
  std::string_view text_;
  uint32_t number_;
  uint32_t kind_ = sod::kNone;
  sod::HistoryEvent event_;
  bool failed_ = false;
};

void HistoryFile::Error(uint32_t line, size_t column, const std::string& message) {
  if (++error_count_ <= kMaxShownErrors) errors_.push_back(fmt::format("{}:{}:{}: {}", label_, line, column, message));
}

uint32_t HistoryFile::ObjectOf(uint32_t kind, std::string_view id) {
  if (const auto found = rows_.find({kind, id}); found != rows_.end()) return found->second;
  ids_.emplace_back(id);
  const auto row = static_cast<uint32_t>(objects_.size());
  objects_.push_back({kind, ids_.back(), sod::kNone});
  rows_.emplace(std::pair<uint32_t, std::string_view>(kind, ids_.back()), row);
  return row;
}

void HistoryFile::Read(std::string_view text) {
  uint32_t number = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    if (line.size() > kMaxHistoryLine) {
      Error(number, 1, fmt::format("it has {} bytes; a line has at most {}", line.size(), kMaxHistoryLine));
      continue;
    }
    if (number > sod::kMaxHistoryEvents) {
      Error(number, 1, fmt::format("a history has at most {} lines", sod::kMaxHistoryEvents));
      break;
    }
    HistoryLine(*this, line, number).Read();
  }
  if (error_count_ > errors_.size()) errors_.push_back(fmt::format("{}: and {} more", label_, error_count_ - errors_.size()));
  if (warning_count_ > warnings_.size()) warnings_.push_back(fmt::format("{}: and {} more", label_, warning_count_ - warnings_.size()));
}

}  // namespace sodc
