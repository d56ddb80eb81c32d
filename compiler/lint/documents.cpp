// Findings about what a document says of itself: its version, its number, the lists it claims.
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "compiler/lint/findings.h"
#include "compiler/lint/wording.h"
#include "compiler/model/carried.h"

namespace sodc::lint {
namespace {

using model::DocumentNode;
using model::DutyId;
using model::Model;
using model::RoleId;

// ---- Versions

// The numbers of "1.10"; nothing for what is not made of numbers and dots.
std::optional<std::vector<uint64_t>> NumbersOf(std::string_view version) {
  std::vector<uint64_t> numbers;
  const char* at = version.data();
  const char* const end = at + version.size();
  for (;;) {
    uint64_t number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc{}) return std::nullopt;
    numbers.push_back(number);
    if (next == end) return numbers;
    if (*next != '.') return std::nullopt;
    at = next + 1;
  }
}

// The newest version of a history: the highest, or the last where they are no numbers.
std::string NewestOf(const DocumentNode& table, size_t column) {
  std::string newest;
  std::optional<std::vector<uint64_t>> highest;
  bool has_numbers = true;
  for (const auto& row : table.rows) {
    const std::string& version = row[column];
    const auto numbers = NumbersOf(version);
    has_numbers = has_numbers && numbers.has_value();
    if (has_numbers && highest && *numbers < *highest) continue;
    if (has_numbers) highest = numbers;
    newest = version;
  }
  return newest;
}

// A table of one's own rows with a column `version` is a change history (docs/documents.md).
std::optional<size_t> VersionColumn(const DocumentNode& node) {
  if (node.kind != model::DocumentNodeKind::Table || node.table != model::TableSource::Rows || node.rows.empty()) return std::nullopt;
  for (size_t i = 0; i < node.columns.size(); ++i) {
    if (node.columns[i].key == "version") return i;
  }
  return std::nullopt;
}

void CompareHistory(const model::Document& document, const std::string& version, const std::vector<DocumentNode>& nodes, Sink& sink) {
  for (const DocumentNode& node : nodes) {
    CompareHistory(document, version, node.children, sink);
    const auto column = VersionColumn(node);
    if (!column) continue;
    const std::string newest = NewestOf(node, *column);
    const auto stated = NumbersOf(version), listed = NumbersOf(newest);
    if (newest == version || (stated && listed && *stated == *listed)) continue;
    Diagnose<DiagKind::VersionDiffersFromHistory>(document.common.span, document.common.name, version, newest)
        .Label(node.span, "the change history")
        .Help("say the same `version` in the head and in the last change: a reader cannot tell which of the two was approved")
        .To(sink);
  }
}

// ---- Claims

// Duties that a role grants, itself or by what it includes, with the first place.
using Granted = std::unordered_map<uint32_t, Span>;

void AddGrants(const Model& model, RoleId id, std::unordered_set<uint32_t>& roles, Granted& granted) {
  if (!roles.insert(id.index).second) return;
  for (const model::Grant& grant : model.roles[id].grants) {
    if (grant.duty.is_valid() && !grant.is_undecided) granted.try_emplace(grant.duty.index, grant.span);
  }
  for (const RoleId included : model.roles[id].includes) AddGrants(model, included, roles, granted);
}

std::vector<uint32_t> Ordered(const Granted& granted) {
  std::vector<uint32_t> duties;
  for (const auto& [duty, span] : granted) duties.push_back(duty);
  std::ranges::sort(duties);
  return duties;
}

std::vector<std::string> Titles(const Model& model, const std::vector<uint32_t>& duties) {
  std::vector<std::string> titles;
  for (const uint32_t duty : duties) titles.push_back(model.duties[DutyId{duty}].common.title);
  return titles;
}

void CompareList(const Model& model, const model::Claims& claims, const model::ClaimedList& list, Sink& sink) {
  std::unordered_set<uint32_t> roles, listed;
  Granted granted;
  AddGrants(model, list.role, roles, granted);
  for (const DutyId duty : list.duties) listed.insert(duty.index);
  std::vector<uint32_t> missing, extra;
  for (const uint32_t duty : Ordered(granted)) {
    if (!listed.contains(duty)) missing.push_back(duty);
  }
  for (const DutyId duty : list.duties) {
    if (!granted.contains(duty.index)) extra.push_back(duty.index);
  }
  if (missing.empty() && extra.empty()) return;
  const std::string& role = model.roles[list.role].common.name;
  std::string what = fmt::format("lists the functions of role `{}` otherwise than it is granted them:", role);
  if (!missing.empty()) what += fmt::format(" {} left out ({})", missing.size(), ListOf(Titles(model, missing), kMostPlaces));
  if (!extra.empty()) what += fmt::format("{} {} not granted ({})", missing.empty() ? "" : ",", extra.size(), ListOf(Titles(model, extra), kMostPlaces));
  auto finding = Diagnose<DiagKind::ClaimedListDiffers>(list.span, claims.place, what);
  for (size_t i = 0; i < std::min(missing.size(), kMostPlaces); ++i) finding = std::move(finding).Label(granted.at(missing[i]), "granted here");
  std::move(finding).Help("grant what the list says, or write the list as the role is").To(sink);
}

// Functions that somebody may have and that the matrix has no row for.
void CompareRows(const Model& model, const std::string& place, Span span, const std::unordered_set<uint32_t>& rows, Sink& sink) {
  std::unordered_set<uint32_t> roles;
  Granted granted;
  for (size_t i = 0; i < model.roles.size(); ++i) {
    if (model.roles[model.roles.IdAt(i)].common.is_own) AddGrants(model, model.roles.IdAt(i), roles, granted);
  }
  std::vector<uint32_t> missing;
  for (const uint32_t duty : Ordered(granted)) {
    if (!rows.contains(duty)) missing.push_back(duty);
  }
  if (missing.empty()) return;
  const std::string what = fmt::format("has no row for {} that a role is granted ({})", Counted(missing.size(), "function"),
                                       ListOf(Titles(model, missing), kMostPlaces));
  auto finding = Diagnose<DiagKind::ClaimedListDiffers>(span, place, what);
  for (size_t i = 0; i < std::min(missing.size(), kMostPlaces); ++i) finding = std::move(finding).Label(granted.at(missing[i]), "granted here");
  std::move(finding).Help("add the rows: of what is in no matrix nobody asks with what it conflicts").To(sink);
}

void CompareNumber(const Model& model, const std::string& place, const model::ProvisionAttribute& stated, Sink& sink) {
  if (stated.values.empty()) return;
  const std::string& number = stated.values.front().text;
  const auto& references = model.policy.references;
  const bool is_known = std::ranges::any_of(model.documents, [&](const auto& document) { return document.identifier == number; });
  if (is_known || std::ranges::find(references, number) != references.end()) return;
  auto finding = Diagnose<DiagKind::DocumentNumberUnknown>(stated.span, place, number);
  for (const model::Document& document : model.documents) {
    const std::string has = document.identifier.empty() ? "has no `identifier`" : fmt::format("is `{}`", document.identifier);
    finding = std::move(finding).Label(document.common.span, fmt::format("\"{}\" {}", document.common.title, has));
  }
  std::move(finding).Help("give the document this `identifier`, or correct the record: what is signed must be what is read").To(sink);
}

// A statement's name is the place that it speaks of.
void CompareCarried(const Model& model, const model::Provision& claims, Sink& sink) {
  const model::ProvisionAttribute* first = nullptr;
  std::unordered_set<uint32_t> rows;
  for (const model::ProvisionAttribute& attribute : claims.attributes) {
    if (attribute.keyword == "identifier") CompareNumber(model, claims.common.name, attribute, sink);
    if (attribute.keyword != "matrix rows") continue;
    if (first == nullptr) first = &attribute;
    for (const uint32_t duty : model::References(attribute, model::Reference::Kind::Duty)) rows.insert(duty);
  }
  if (first != nullptr) CompareRows(model, claims.common.name, first->span, rows, sink);
}

}  // namespace

void FindDocumentsAtOdds(const Model& model, Sink& sink) {
  for (const model::Document& document : model.documents) {
    const std::string& version = document.version.empty() ? model.policy.version : document.version;
    if (!version.empty()) CompareHistory(document, version, document.nodes, sink);
  }
}

void FindClaimsAtOdds(const Model& model, Sink& sink) {
  for (const model::Claims& claims : model.claims) {
    for (const model::ClaimedList& list : claims.lists) CompareList(model, claims, list, sink);
  }
  for (const model::Provision& claims : model.provisions) {
    if (claims.kind == "claims") CompareCarried(model, claims, sink);
  }
}

}  // namespace sodc::lint
