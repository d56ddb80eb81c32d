#include "runtime/documents/marks.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sod::documents {
namespace {

struct Words {
  std::string_view name;
  std::string_view shown;
  std::string_view meaning;
};

// By Mark.
constexpr std::array kWords = {
    Words{"conditional", "conditional", "held under the condition that is named; it counts as held"},
    Words{"undecided", "Undecided", "not decided yet; what rests on it cannot be judged"},
    Words{"place", "in …", "held in this place alone"},
    Words{"capacity", "", ""},  // by its own title
    Words{"via", "via …", "held through the role, team, account or delegation that is named"},
    Words{"entitlement", "by entitlement …", "given by this permission of a system"},
    Words{"together", "by several entitlements together", "no single permission gives it"},
    Words{"contradiction", "contradicts the grant", "the role is granted what it must not hold"},
    Words{"wish", "should", "holds where possible; the reason may stand instead"},
    Words{"default", "default", "not stated by the rule; taken from the policy"},
    Words{"planned", "planned", "a control that does not work yet"},
    Words{"failed", "failed", "a control that was found not to work"},
    Words{"eligible", "eligible", "can be activated by its holder; it counts as held"},
    Words{"requested", "requested", "asked for and not given yet"},
    Words{"suspended", "suspended", "withdrawn for a time; it does not count as held"},
    Words{"emergency", "emergency", "given for an emergency; it counts as held"},
    Words{"vacant", "vacant", "nobody has this post yet"},
    Words{"external", "external", "a party outside the organization"},
    Words{"team", "team", "a team without members"},
    Words{"no_owner", "no owner", "an account that nobody claims"},
    Words{"machine", "service, tool, agent", "nobody acts as it"},
    Words{"incomplete", "incomplete", "not everything that this holder has is known"},
    Words{"amended", "amended through …", "an imported rule that this policy changed; after that day it is again as it was imported"},
    Words{"disabled", "disabled through …", "an imported rule that is judged and observed only; after that day it is in force again"},
};
static_assert(kWords.size() == static_cast<size_t>(Mark::Disabled) + 1);

template <typename Visit>
void ForEachCell(const std::vector<Block>& blocks, Visit visit) {
  for (const Block& block : blocks) {
    if (const auto* section = std::get_if<Section>(&block.content)) ForEachCell(section->blocks, visit);
    const auto* table = std::get_if<Table>(&block.content);
    if (table == nullptr) continue;
    for (const std::vector<Cell>& row : table->rows) std::ranges::for_each(row, visit);
  }
}

std::vector<bool> MembersIn(const Facts& facts, const std::vector<Block>& blocks) {
  std::vector<bool> occurs(facts.ScaleMembers.size());
  ForEachCell(blocks, [&](const Cell& cell) {
    for (const uint32_t member : cell.members) occurs[member] = true;
  });
  return occurs;
}

// The members that the tables name, highest first.
Legend LegendOfLevels(const Facts& facts, uint32_t scale, const std::vector<Block>& blocks) {
  const std::vector<bool> occurs = MembersIn(facts, blocks);
  Legend legend = BuildLegend(facts, scale);
  const format::ScaleRecord& record = facts.Scales[scale];
  size_t kept = 0;
  for (size_t i = 0; i < legend.entries.size(); ++i) {
    if (occurs[record.members_first + record.members_count - 1 - i]) legend.entries[kept++] = legend.entries[i];
  }
  legend.entries.resize(kept);
  return legend;
}

}  // namespace

std::string_view NameOf(Mark mark) { return kWords[static_cast<size_t>(mark)].name; }

Marks MarksOf(HoldingState state) {
  switch (state) {
    case HoldingState::Active: return 0;
    case HoldingState::Eligible: return BitOf(Mark::Eligible);
    case HoldingState::Requested: return BitOf(Mark::Requested);
    case HoldingState::Suspended: return BitOf(Mark::Suspended);
    case HoldingState::Emergency: return BitOf(Mark::Emergency);
  }
  return 0;
}

Marks MarksOf(const Holder& holder) {
  if (holder.is_vacant) return BitOf(Mark::Vacant);
  switch (holder.kind) {
    case SubjectKind::Team: return BitOf(Mark::Team);
    case SubjectKind::External: return BitOf(Mark::External);
    case SubjectKind::Account: return BitOf(Mark::NoOwner);
    case SubjectKind::Service:
    case SubjectKind::Tool:
    case SubjectKind::Agent: return BitOf(Mark::Machine);
    case SubjectKind::Person:
    case SubjectKind::Role:
    case SubjectKind::Anonymous: break;
  }
  return holder.is_complete ? 0 : BitOf(Mark::Incomplete);
}

Marks MarksOfActor(const Facts& facts, uint32_t actor) {
  const format::ActorRecord& record = facts.Actors[actor];
  return (record.is_vacant != 0 ? BitOf(Mark::Vacant) : 0) |
         (record.kind == format::ActorKind::External ? BitOf(Mark::External) : 0);
}

Legend LegendOfMarks(const Facts& facts, const std::vector<Block>& blocks) {
  Marks marks = 0;
  ForEachCell(blocks, [&](const Cell& cell) { marks |= cell.marks; });
  Legend legend;
  legend.title = "Marks";
  ForEachMark(marks & ~BitOf(Mark::Capacity), [&](Mark mark) {
    const Words& words = kWords[static_cast<size_t>(mark)];
    legend.entries.push_back({"", words.shown, words.meaning});
  });
  const std::vector<bool> occurs = MembersIn(facts, blocks);
  for (uint32_t row = 0; row < occurs.size(); ++row) {
    const format::ScaleMemberRecord& member = facts.ScaleMembers[row];
    if (!occurs[row] || facts.Scales[member.scale].measures != format::ScaleMeasures::Capacity) continue;
    const bool is_defined = member.definition != 0;
    legend.entries.push_back({"", facts.TitleOf(member), is_defined ? facts.Text(member.definition) : "held in this capacity"});
  }
  return legend;
}

void AddLegends(const Facts& facts, uint32_t scale, std::vector<Block>& sections) {
  Legend marks = LegendOfMarks(facts, sections);
  if (scale != kNone) {
    Legend levels = LegendOfLevels(facts, scale, sections);
    std::vector<Block>& first = std::get<Section>(sections.front().content).blocks;
    if (!levels.entries.empty()) first.insert(first.begin(), Block{std::move(levels)});
  }
  if (!marks.entries.empty()) std::get<Section>(sections.back().content).blocks.push_back({std::move(marks)});
}

}  // namespace sod::documents
