#include "runtime/documents/requirements.h"

#include <algorithm>

#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

using format::SeparationRecord;

// Statements with the same force and wording read as one: "Separated from A and B".
bool AreOneSentence(const SeparationRecord& a, const SeparationRecord& b) {
  return a.duty == b.duty && a.modality == b.modality && a.reason == b.reason && a.shown == b.shown;
}

void PushUnique(std::vector<std::string>& list, std::string text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

}  // namespace

Requirements::Requirements(const Facts& facts)
    : facts_(facts), statements_(facts.Duties.size()), compatibles_(facts.Duties.size()),
      conflicts_(facts.Duties.size()) {
  AddSeparations();
  AddCompatibles();
  AddConflicts();
}

Cell Requirements::CellOf(uint32_t duty) const {
  Cell cell;
  cell.lines = statements_[duty];
  const bool has_own_words = !cell.lines.empty();
  if (!has_own_words && !conflicts_[duty].empty()) cell.lines.push_back({"Conflicts with " + Enumerate(conflicts_[duty])});
  cell.lines.insert(cell.lines.end(), compatibles_[duty].begin(), compatibles_[duty].end());
  return cell.lines.empty() ? AbsentCell("none stated") : cell;
}

void Requirements::AddSeparations() {
  const auto all = facts_.Separations;
  std::vector<bool> is_done(all.size());
  for (size_t i = 0; i < all.size(); ++i) {
    if (is_done[i]) continue;
    std::vector<std::string> targets;
    for (size_t j = i; j < all.size() && all[j].duty == all[i].duty; ++j) {
      if (is_done[j] || !AreOneSentence(all[i], all[j])) continue;
      is_done[j] = true;
      PushUnique(targets, std::string(all[j].target_duty != kNone
                                          ? facts_.TitleOf(facts_.Duties[all[j].target_duty])
                                          : facts_.TitleOf(facts_.Groups[all[j].target_group])));
    }
    if (all[i].shown != 0) {
      statements_[all[i].duty].push_back({std::string(facts_.Text(all[i].shown))});
      continue;
    }
    std::string text = "Separated from " + Enumerate(targets);
    if (all[i].reason != 0) {
      text.append(" ").append(facts_.Text(all[i].reason));
    } else if (all[i].modality == format::Modality::Should) {
      text += " where possible";
    }
    statements_[all[i].duty].push_back({std::move(text)});
  }
}

std::string Requirements::Titles(std::span<const format::DutyRefRecord> duties) const {
  std::vector<std::string> titles;
  for (const format::DutyRefRecord& ref : duties) titles.emplace_back(facts_.TitleOf(facts_.Duties[ref.duty]));
  return Enumerate(titles);
}

void Requirements::AddCompatibles() {
  for (const format::CompatibleRecord& record : facts_.Compatibles) {
    if (record.is_with_all == 0) {
      AddCompatibleDuties(record);
      continue;
    }
    const std::string_view because = facts_.Text(record.because);
    for (const auto& left : Slice(facts_.CompatibleLefts, record.left_first, record.left_count)) {
      statements_[left.duty].push_back({because.empty() ? "No separation needed" : std::string(because)});
    }
  }
}

void Requirements::AddCompatibleDuties(const format::CompatibleRecord& record) {
  const auto left = Slice(facts_.CompatibleLefts, record.left_first, record.left_count);
  const auto right = Slice(facts_.CompatibleRights, record.right_first, record.right_count);
  std::string because;
  if (record.because != 0) because.append(": ").append(facts_.Text(record.because));
  const std::string with_right = "Compatible with " + Titles(right) + because;
  const std::string with_left = "Compatible with " + Titles(left) + because;
  for (const auto& ref : left) compatibles_[ref.duty].push_back({with_right});
  for (const auto& ref : right) compatibles_[ref.duty].push_back({with_left});
}

void Requirements::AddConflicts() {
  for (const format::RuleRecord& rule : facts_.Rules) {
    if (rule.kind == format::RuleKind::Restriction) continue;
    const auto sides = Slice(facts_.Sides, rule.sides_first, rule.sides_count);
    const bool is_limit = rule.kind == format::RuleKind::AtMost || sides.size() != 2;
    const std::string limit = is_limit ? RuleName(facts_, rule) : std::string();
    for (size_t i = 0; i < sides.size(); ++i) {
      const std::string other = is_limit ? limit : SideName(facts_, sides[1 - i]);
      for (const auto& element : Slice(facts_.Elements, sides[i].elements_first, sides[i].elements_count)) {
        if (element.kind == format::ElementKind::Duty) PushUnique(conflicts_[element.duty], other);
      }
    }
  }
}

}  // namespace sod::documents
