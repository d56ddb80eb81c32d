// Finding declared things: by name, by exact title, and what was meant instead.
#include <algorithm>
#include <array>
#include <utility>

#include "runtime/core/image.h"
#include "runtime/core/suggest.h"
#include "sod/table.h"

namespace sod {
namespace {

struct KindOfName {
  NameKind kind;
  format::NameKind file_kind;
  const char* word;
};
constexpr std::array<KindOfName, 13> kKinds = {{
    {NameKind::Person, format::NameKind::Person, "person"},
    {NameKind::Team, format::NameKind::Team, "team"},
    {NameKind::External, format::NameKind::External, "external"},
    {NameKind::Role, format::NameKind::Role, "role"},
    {NameKind::Duty, format::NameKind::Duty, "duty"},
    {NameKind::Group, format::NameKind::Group, "group"},
    {NameKind::Rule, format::NameKind::Rule, "conflict"},
    {NameKind::Control, format::NameKind::Control, "control"},
    {NameKind::System, format::NameKind::System, "system"},
    {NameKind::Service, format::NameKind::Service, "service"},
    {NameKind::Tool, format::NameKind::Tool, "tool"},
    {NameKind::Agent, format::NameKind::Agent, "agent"},
    {NameKind::Entitlement, format::NameKind::Entitlement, "entitlement"},
}};

const char* WordOf(NameKind kind) {
  return std::ranges::find(kKinds, kind, &KindOfName::kind)->word;
}

// The kind in this interface, when it is among the wanted ones.
std::optional<NameKind> WantedKind(format::NameKind file_kind, std::span<const NameKind> wanted) {
  const auto* place = std::ranges::find(kKinds, file_kind, &KindOfName::file_kind);
  if (place == kKinds.end() || std::ranges::find(wanted, place->kind) == wanted.end()) {
    return std::nullopt;
  }
  return place->kind;
}

uint32_t TitleOf(const core::Image& image, const format::NameRecord& name) {
  switch (name.kind) {
    case format::NameKind::Duty: return image.Duties()[name.index].title;
    case format::NameKind::Group: return image.Groups()[name.index].title;
    case format::NameKind::Role: return image.Roles()[name.index].title;
    case format::NameKind::Person:
    case format::NameKind::Team:
    case format::NameKind::External:
    case format::NameKind::Service:
    case format::NameKind::Tool:
    case format::NameKind::Agent: return image.Actors()[name.index].title;
    case format::NameKind::Entitlement: return image.Entitlements()[name.index].title;
    case format::NameKind::System: return image.Systems()[name.index].title;
    case format::NameKind::Rule: return image.Rules()[name.index].title;
    case format::NameKind::Control: return image.Controls()[name.index].title;
    default: return 0;
  }
}

std::span<const format::NameRecord> RowsNamed(const core::Image& image, std::string_view name) {
  const auto text = [&](const format::NameRecord& row) { return image.Text(row.name); };
  const auto rows = std::ranges::equal_range(image.Names(), name, {}, text);
  return {rows.begin(), rows.end()};
}

// Among equal names of one kind the lowest row wins: a policy's own declarations stand before
// imported ones. Kinds in the order wanted.
std::optional<Entity> FindByName(const core::Image& image, std::string_view name,
                                 std::span<const NameKind> kinds) {
  for (const NameKind kind : kinds) {
    for (const format::NameRecord& row : RowsNamed(image, name)) {
      if (WantedKind(row.kind, kinds) == kind) return Entity{kind, row.index};
    }
  }
  return std::nullopt;
}

// The source file a thing is declared in; kNone for what does not say.
uint32_t FileOf(const core::Image& image, const format::NameRecord& name) {
  switch (name.kind) {
    case format::NameKind::Duty: return image.Duties()[name.index].place_file;
    case format::NameKind::Role: return image.Roles()[name.index].place_file;
    case format::NameKind::Control: return image.Controls()[name.index].place_file;
    case format::NameKind::Entitlement: return image.Entitlements()[name.index].place_file;
    default: return kNone;
  }
}

// `std/it.sod` holds the module `std.it`.
bool IsFileOf(std::string_view path, std::string_view module) {
  if (!path.ends_with(".sod")) return false;
  path.remove_suffix(4);
  if (path.size() != module.size()) return false;
  return std::ranges::equal(path, module, [](char a, char b) { return a == b || (a == '/' && b == '.'); });
}

// `std.it.code_review`: the part before the last dot is the module that declares it.
std::optional<Entity> FindQualified(const core::Image& image, std::string_view name, std::span<const NameKind> kinds) {
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return std::nullopt;
  for (const NameKind kind : kinds) {
    for (const format::NameRecord& row : RowsNamed(image, name.substr(dot + 1))) {
      const uint32_t file = FileOf(image, row);
      if (WantedKind(row.kind, kinds) != kind || file >= image.Sources().size()) continue;
      if (IsFileOf(image.Text(image.Sources()[file].path), name.substr(0, dot))) return Entity{kind, row.index};
    }
  }
  return std::nullopt;
}

std::string ListOfKinds(std::span<const NameKind> kinds) {
  std::string text;
  for (size_t i = 0; i < kinds.size(); ++i) {
    if (i != 0) text += i + 1 == kinds.size() ? " or " : ", ";
    text += WordOf(kinds[i]);
  }
  return text;
}

Error Unknown(const core::Image& image, std::string_view name, std::span<const NameKind> kinds) {
  core::Suggestion suggestion(name);
  for (const format::NameRecord& row : image.Names()) {
    if (WantedKind(row.kind, kinds)) suggestion.Offer(image.Text(row.name));
  }
  for (const format::NameRecord& row : image.Names()) {  // a title as near as a name says less
    if (WantedKind(row.kind, kinds)) suggestion.Offer(image.Text(TitleOf(image, row)));
  }
  return {ErrorCode::UnknownName,
          "there is no " + ListOfKinds(kinds) + " `" + std::string(name) + "`", suggestion.Sentence()};
}

Error Ambiguous(const core::Image& image, std::string_view title,
                std::span<const format::NameRecord* const> rows, std::span<const NameKind> kinds) {
  std::string help = "write one of the names:";
  for (size_t i = 0; i < rows.size(); ++i) {
    help += (i == 0 ? " `" : ", `") + std::string(image.Text(rows[i]->name)) + "` (" +
            WordOf(*WantedKind(rows[i]->kind, kinds)) + ")";
  }
  return {ErrorCode::AmbiguousName, "several things have the title `" + std::string(title) + "`", help};
}

std::optional<uint32_t> FindRow(const core::Image& image, std::string_view name, NameKind kind) {
  const std::optional<Entity> entity = FindByName(image, name, {&kind, 1});
  if (!entity) return std::nullopt;
  return entity->index;
}

}  // namespace

Result<Entity> Table::Find(std::string_view name, std::span<const NameKind> kinds) const {
  if (const std::optional<Entity> entity = FindByName(*image_, name, kinds)) return *entity;
  std::vector<const format::NameRecord*> titled;
  for (const format::NameRecord& row : image_->Names()) {
    const uint32_t title = TitleOf(*image_, row);
    if (title != 0 && image_->Text(title) == name && WantedKind(row.kind, kinds)) {
      titled.push_back(&row);
    }
  }
  if (titled.size() > 1) return Ambiguous(*image_, name, titled, kinds);
  if (const std::optional<Entity> entity = FindQualified(*image_, name, kinds); entity && titled.empty()) return *entity;
  if (titled.size() == 1) return Entity{*WantedKind(titled[0]->kind, kinds), titled[0]->index};
  return Unknown(*image_, name, kinds);
}

std::optional<uint32_t> Table::FindDuty(std::string_view name) const {
  return FindRow(*image_, name, NameKind::Duty);
}
std::optional<uint32_t> Table::FindRole(std::string_view name) const {
  return FindRow(*image_, name, NameKind::Role);
}
std::optional<uint32_t> Table::FindPerson(std::string_view name) const {
  return FindRow(*image_, name, NameKind::Person);
}

Result<uint32_t> Table::FindLevel(std::string_view name) const {
  if (level_count() == 0) {
    return Error{ErrorCode::UnknownName, "the policy has no access levels", ""};
  }
  core::Suggestion suggestion(name);
  for (uint32_t rank = 0; rank < level_count(); ++rank) {
    if (level(rank).name == name) return rank;
    suggestion.Offer(level(rank).name);
  }
  return Error{ErrorCode::UnknownName, "there is no access level `" + std::string(name) + "`",
               suggestion.Sentence()};
}

}  // namespace sod
