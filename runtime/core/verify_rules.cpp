// Atoms, sides and adjacency against the rules they come from.
#include <algorithm>
#include <tuple>
#include <utility>

#include "runtime/core/verify_meaning.h"

namespace sod::core {

using namespace format;  // NOLINT: every line here names records

Fault CheckAtoms(const Image& image) {
  for (uint32_t row = 0; row < image.Atoms().size(); ++row) {
    const AtomRecord& atom = image.Atoms()[row];
    if (!IsLevel(image, atom.level)) return "an atom has a level that does not exist";
    if (atom.kind == AtomKind::Duty && atom.ref >= image.Duties().size()) {
      return "an atom stands for a duty that does not exist";
    }
    const bool is_role = atom.kind == AtomKind::Role || atom.kind == AtomKind::DirectRole;
    if (is_role && (atom.ref >= image.Roles().size() || atom.level != 0)) {
      return "an atom stands for a role that does not exist";
    }
    if (atom.kind == AtomKind::Entitlement && (atom.ref >= image.Entitlements().size() || atom.level != 0)) {
      return "an atom stands for an entitlement that does not exist";
    }
    if (atom.kind == AtomKind::Side &&
        (atom.ref >= image.Sides().size() || image.Sides()[atom.ref].atom != row)) {
      return "an atom stands for a side that is not its own";
    }
  }
  return nullptr;
}

namespace {

// What an element stands for, as an atom would; kNone when it is not exactly of its kind.
uint32_t RefOf(const ElementRecord& element) {
  const bool is_relation = element.kind == ElementKind::Relation;
  const int held = (element.duty != kNone) + (element.role != kNone) + (element.entitlement != kNone);
  if ((element.object != kNone) != is_relation || (is_relation ? held != (element.duty != kNone) : held != 1)) return kNone;
  switch (element.kind) {
    case ElementKind::Duty: return element.duty;
    case ElementKind::Role: return element.role;
    case ElementKind::Entitlement: return element.entitlement;
    case ElementKind::Relation: return element.duty != kNone ? element.duty : element.object;
  }
  return kNone;
}

AtomKind AtomKindOf(const ElementRecord& element) {
  switch (element.kind) {
    case ElementKind::Role: return element.is_direct != 0 ? AtomKind::DirectRole : AtomKind::Role;
    case ElementKind::Entitlement: return AtomKind::Entitlement;
    default: return AtomKind::Duty;
  }
}

Fault CheckElement(const Image& image, const ElementRecord& element) {
  const uint32_t ref = RefOf(element);
  if (ref == kNone) return "an element of a side is neither a duty nor a role";
  const bool has_none = element.kind == ElementKind::Relation && element.duty == kNone;
  if ((element.atom == kNone) != has_none) return "an element of a side has no atom";
  if (element.atom == kNone) return nullptr;
  const AtomRecord& atom = image.Atoms()[element.atom];
  if (atom.kind != AtomKindOf(element) || atom.ref != ref || atom.level != element.level ||
      atom.capacity != element.capacity || atom.avoids != element.avoids) {
    return "an element of a side has the atom of something else";
  }
  return nullptr;
}

Fault CheckMatch(const RuleRecord& rule) {
  const bool has_dimension = rule.dimension != kNone;
  if (has_dimension != (rule.match != ScopeMatch::Any)) return "a rule has a dimension that it does not match";
  if (rule.match == ScopeMatch::Across && rule.members_count > 2) return "a rule across places is no pair";
  if (rule.unevaluated == Unevaluated::None && rule.members_count == 0) return "a rule has no members";
  return rule.counting == 0 ? "a rule counts nothing" : nullptr;
}

}  // namespace

Fault CheckSides(const Image& image) {
  for (uint32_t row = 0; row < image.Rules().size(); ++row) {
    const RuleRecord& rule = image.Rules()[row];
    for (const SideRecord& side : Slice(image.Sides(), rule.sides_first, rule.sides_count)) {
      if (side.rule != row) return "a side is out of place";
    }
    if (const Fault fault = CheckMatch(rule)) return fault;
  }
  for (uint32_t row = 0; row < image.Sides().size(); ++row) {
    const uint32_t atom = image.Sides()[row].atom;
    if (atom != kNone &&
        (image.Atoms()[atom].kind != AtomKind::Side || image.Atoms()[atom].ref != row)) {
      return "a side has the atom of something else";
    }
  }
  for (const ElementRecord& element : image.Elements()) {
    if (const Fault fault = CheckElement(image, element)) return fault;
  }
  return nullptr;
}

namespace {

std::span<const DutyAtomRecord> AtomsOf(const Image& image, uint32_t duty) {
  const DutyRecord& record = image.Duties()[duty];
  return Slice(image.DutyAtoms(), record.atoms_first, record.atoms_count);
}

// Whether the duty sets the atom from this level on, in the capacity that the element asks for.
bool SetsFor(const Image& image, const ElementRecord& element, uint32_t atom) {
  return std::ranges::any_of(AtomsOf(image, element.duty), [&](const DutyAtomRecord& row) {
    return row.atom == atom && row.level <= element.level &&
           (row.capacity == element.capacity || row.capacity == kNone);
  });
}

// Elements of both sides of a rule are members themselves, and not part of a side's atom.
bool IsMember(const Image& image, const RuleRecord& rule, uint32_t atom) {
  return std::ranges::any_of(Slice(image.RuleMembers(), rule.members_first, rule.members_count),
                             [&](const AtomRefRecord& member) { return member.atom == atom; });
}

bool IsBefore(const DutyAtomRecord& a, const DutyAtomRecord& b) {
  return std::tie(a.atom, a.level, a.capacity) < std::tie(b.atom, b.level, b.capacity);
}

Fault CheckAtomsOfDuty(const Image& image, uint32_t duty) {
  const auto atoms = AtomsOf(image, duty);
  for (size_t i = 0; i < atoms.size(); ++i) {
    if (i != 0 && !IsBefore(atoms[i - 1], atoms[i])) return "the atoms of a duty are out of order";
    const AtomRecord& atom = image.Atoms()[atoms[i].atom];
    if (!IsLevel(image, atoms[i].level)) return "a duty sets an atom at no existing level";
    const bool is_own = atom.kind == AtomKind::Duty && atom.ref == duty && atom.level == atoms[i].level &&
                        atom.capacity == atoms[i].capacity;
    if (!is_own && atom.kind != AtomKind::Side) return "a duty sets an atom that is not its own";
  }
  return nullptr;
}

}  // namespace

Fault CheckDutyAtoms(const Image& image) {
  for (uint32_t duty = 0; duty < image.Duties().size(); ++duty) {
    if (const Fault fault = CheckAtomsOfDuty(image, duty)) return fault;
  }
  for (const SideRecord& side : image.Sides()) {
    for (const ElementRecord& element :
         Slice(image.Elements(), side.elements_first, side.elements_count)) {
      if (element.duty == kNone) continue;
      if (!SetsFor(image, element, element.atom)) return "a duty does not set the atom that a rule waits for";
      if (side.atom != kNone && !SetsFor(image, element, side.atom) &&
          !IsMember(image, image.Rules()[side.rule], element.atom)) {
        return "a duty does not set the atom of a side it stands on";
      }
    }
  }
  return nullptr;
}

namespace {

bool IsPair(const RuleRecord& rule) { return rule.members_count == 2 && rule.at_most == 1; }

bool HasPair(const Image& image, uint32_t atom, uint32_t other, uint32_t rule) {
  const AtomRecord& record = image.Atoms()[atom];
  const auto pairs = Slice(image.AtomPairs(), record.pairs_first, record.pairs_count);
  return std::ranges::binary_search(pairs, std::pair(other, rule), {},
                                    [](const AtomPairRecord& p) { return std::pair(p.atom, p.rule); });
}

bool HasLimit(const Image& image, uint32_t atom, uint32_t rule) {
  const AtomRecord& record = image.Atoms()[atom];
  const auto limits = Slice(image.AtomLimits(), record.limits_first, record.limits_count);
  return std::ranges::binary_search(limits, rule, {}, &RuleRefRecord::rule);
}

bool AreRowsSorted(const Image& image) {
  const auto pair_key = [](const AtomPairRecord& p) { return std::pair(p.atom, p.rule); };
  for (const AtomRecord& atom : image.Atoms()) {
    const auto pairs = Slice(image.AtomPairs(), atom.pairs_first, atom.pairs_count);
    const auto limits = Slice(image.AtomLimits(), atom.limits_first, atom.limits_count);
    if (std::ranges::adjacent_find(pairs, std::ranges::greater_equal(), pair_key) != pairs.end() ||
        std::ranges::adjacent_find(limits, std::ranges::greater_equal(), &RuleRefRecord::rule) !=
            limits.end()) {
      return false;
    }
  }
  return true;
}

}  // namespace

// Every member of every limit is found from its atom, and as many rows as members there are:
// with rows strictly sorted, both directions agree.
Fault CheckAdjacency(const Image& image) {
  if (!AreRowsSorted(image)) return "the limits of an atom are out of order";
  size_t pair_rows = 0, limit_rows = 0;
  for (uint32_t row = 0; row < image.Rules().size(); ++row) {
    const RuleRecord& rule = image.Rules()[row];
    const auto members = Slice(image.RuleMembers(), rule.members_first, rule.members_count);
    for (size_t i = 0; i < members.size(); ++i) {
      if (i != 0 && members[i - 1].atom >= members[i].atom) {
        return "the members of a rule are out of order";
      }
      const bool is_found = IsPair(rule)
                                ? HasPair(image, members[i].atom, members[1 - i].atom, row)
                                : HasLimit(image, members[i].atom, row);
      if (!is_found) return "an atom does not lead to a rule it is a member of";
    }
    (IsPair(rule) ? pair_rows : limit_rows) += members.size();
  }
  if (pair_rows != image.AtomPairs().size() || limit_rows != image.AtomLimits().size()) {
    return "an atom leads to a rule it is no member of";
  }
  return nullptr;
}

// RuleAt searches them by rule, and takes controls away from the end of the rule's.
Fault CheckAmendments(const Image& image) {
  const auto rows = image.RuleAmendments();
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i != 0 && rows[i - 1].rule >= rows[i].rule) return "the amendments of rules are out of order";
    if (rows[i].controls > image.Rules()[rows[i].rule].controls_count) return "a rule had more controls than it has";
  }
  const auto changes = image.RuleChanges();
  for (size_t i = 1; i < changes.size(); ++i) {
    if (changes[i - 1].rule >= changes[i].rule) return "the changes of rules are out of order";
  }
  return nullptr;
}

}  // namespace sod::core
