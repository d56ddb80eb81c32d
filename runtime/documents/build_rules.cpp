// How rules, their sides and their risk are put into words.
#include "runtime/documents/build.h"
#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

std::string_view WordFor(format::Quantifier quantifier) {
  switch (quantifier) {
    case format::Quantifier::One:
      return "";
    case format::Quantifier::Any:
      return "any of ";
    case format::Quantifier::All:
      return "all of ";
  }
  return "";
}

// The bottom rank holds nothing and rank 1 is the usual trigger: only higher ones are worth a word.
std::string TriggerOf(const Facts& facts, uint32_t level) {
  const uint32_t scale = facts.meta().access_scale;
  if (scale == kNone || level < 2) return "";
  const format::ScaleRecord& record = facts.Scales[scale];
  if (level >= record.members_count) return "";
  return " at " + std::string(facts.TitleOf(facts.ScaleMembers[record.members_first + level]));
}

}  // namespace

std::string ElementName(const Facts& facts, const format::ElementRecord& element, format::RuleKind kind) {
  switch (element.kind) {
    case format::ElementKind::Duty: break;
    case format::ElementKind::Role: {
      // Among duties it must be said that this is a role.
      std::string title(facts.TitleOf(facts.Roles[element.role]));
      if (element.is_direct != 0) title += ", assigned directly";
      const bool is_known = kind == format::RuleKind::Role || kind == format::RuleKind::Restriction;
      return is_known ? title : "role " + title;
    }
    case format::ElementKind::Entitlement:
      return "entitlement " + std::string(facts.TitleOf(facts.Entitlements[element.entitlement]));
    case format::ElementKind::Relation:
      return "being " + std::string(facts.Text(element.relation)) + " of " +
             std::string(facts.TitleOf(facts.Provisions[element.object]));
  }
  std::string name = std::string(facts.TitleOf(facts.Duties[element.duty])) + TriggerOf(facts, element.level);
  if (element.capacity != kNone) name.append(" as ").append(facts.TitleOf(facts.ScaleMembers[element.capacity]));
  return name;
}

std::string SideName(const Facts& facts, const format::SideRecord& side) {
  const auto elements = Slice(facts.Elements, side.elements_first, side.elements_count);
  const format::RuleKind kind = facts.Rules[side.rule].kind;
  if (side.quantifier == format::Quantifier::One && elements.size() == 1) {
    return ElementName(facts, elements[0], kind);
  }
  std::string out(WordFor(side.quantifier));
  if (side.group != kNone) return out.append(facts.TitleOf(facts.Groups[side.group]));
  std::vector<std::string> names;
  for (const format::ElementRecord& element : elements) {
    names.push_back(ElementName(facts, element, kind));
    // One relation, by several duties that bring it about.
    const bool is_repeated = names.size() > 1 && element.kind == format::ElementKind::Relation && names.back() == names[names.size() - 2];
    if (is_repeated) names.pop_back();
  }
  if (names.size() == 1) return names.front();
  return out + Enumerate(names);
}

std::string RuleName(const Facts& facts, const format::RuleRecord& rule) {
  if (rule.title != 0 && rule.title != rule.name) return std::string(facts.Text(rule.title));
  std::vector<std::string> sides;
  for (const format::SideRecord& side : Slice(facts.Sides, rule.sides_first, rule.sides_count)) {
    sides.push_back(SideName(facts, side));
  }
  if (rule.kind == format::RuleKind::AtMost) {
    return "at most " + std::to_string(rule.declared_at_most) + " of " + Enumerate(sides);
  }
  if (rule.kind == format::RuleKind::Restriction && sides.size() == 2) {
    const bool is_wish = rule.modality == format::Modality::Should;
    return sides[0] + (is_wish ? " should not hold " : " must not hold ") + sides[1];
  }
  return sides.size() == 2 ? sides[0] + " × " + sides[1] : std::string(facts.Text(rule.name));
}

Tone ToneOf(uint32_t rank, uint32_t top) {
  if (rank == top) return Tone::Bad;
  if (rank == 0) return Tone::Plain;
  return 2 * rank > top ? Tone::Serious : Tone::Caution;
}

Cell RiskCell(const Facts& facts, const format::RuleRecord& rule) {
  if (rule.risk == kNone) return AbsentCell("not rated");
  const format::ScaleMemberRecord& member = facts.ScaleMembers[rule.risk];
  const uint32_t top = facts.Scales[member.scale].members_count - 1;
  Cell cell = TextCell(std::string(member.shown != 0 ? facts.Text(member.shown) : facts.TitleOf(member)));
  cell.tone = ToneOf(member.rank, top);
  cell.members = {rule.risk};
  if (rule.risk_is_default != 0) {
    cell.lines.push_back({.text = "default", .is_note = true});
    cell.marks |= BitOf(Mark::Default);
  }
  return cell;
}

}  // namespace sod::documents
