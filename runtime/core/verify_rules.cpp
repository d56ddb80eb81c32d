// Atoms, sides and adjacency against the rules they come from.
#include <algorithm>
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
    if (atom.kind == AtomKind::Role && (atom.ref >= image.Roles().size() || atom.level != 0)) {
      return "an atom stands for a role that does not exist";
    }
    if (atom.kind == AtomKind::Side &&
        (atom.ref >= image.Sides().size() || image.Sides()[atom.ref].atom != row)) {
      return "an atom stands for a side that is not its own";
    }
  }
  return nullptr;
}

namespace {

Fault CheckElement(const Image& image, const ElementRecord& element) {
  const bool is_duty = element.kind == ElementKind::Duty;
  if ((element.duty != kNone) != is_duty || (element.role != kNone) == is_duty) {
    return "an element of a side is neither a duty nor a role";
  }
  const AtomRecord& atom = image.Atoms()[element.atom];
  if (atom.kind != (is_duty ? AtomKind::Duty : AtomKind::Role) ||
      atom.ref != (is_duty ? element.duty : element.role) || atom.level != element.level) {
    return "an element of a side has the atom of something else";
  }
  return nullptr;
}

}  // namespace

Fault CheckSides(const Image& image) {
  for (uint32_t row = 0; row < image.Rules().size(); ++row) {
    const RuleRecord& rule = image.Rules()[row];
    for (const SideRecord& side : Slice(image.Sides(), rule.sides_first, rule.sides_count)) {
      if (side.rule != row) return "a side is out of place";
    }
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

// The level from which on the duty sets the atom; kNone when it never does.
uint32_t LevelSetting(const Image& image, uint32_t duty, uint32_t atom) {
  const auto atoms = AtomsOf(image, duty);
  const auto place = std::ranges::lower_bound(atoms, atom, {}, &DutyAtomRecord::atom);
  return place != atoms.end() && place->atom == atom ? place->level : kNone;
}

}  // namespace

Fault CheckDutyAtoms(const Image& image) {
  for (uint32_t duty = 0; duty < image.Duties().size(); ++duty) {
    const auto atoms = AtomsOf(image, duty);
    for (size_t i = 0; i < atoms.size(); ++i) {
      if (i != 0 && atoms[i - 1].atom >= atoms[i].atom) return "the atoms of a duty are out of order";
      const AtomRecord& atom = image.Atoms()[atoms[i].atom];
      if (!IsLevel(image, atoms[i].level)) return "a duty sets an atom at no existing level";
      if (atom.kind == AtomKind::Role ||
          (atom.kind == AtomKind::Duty && (atom.ref != duty || atom.level != atoms[i].level))) {
        return "a duty sets an atom that is not its own";
      }
    }
  }
  for (const SideRecord& side : image.Sides()) {
    for (const ElementRecord& element :
         Slice(image.Elements(), side.elements_first, side.elements_count)) {
      if (element.kind != ElementKind::Duty) continue;
      if (LevelSetting(image, element.duty, element.atom) != element.level) {
        return "a duty does not set the atom that a rule waits for";
      }
      // kNone is greater than every level.
      if (side.atom != kNone && LevelSetting(image, element.duty, side.atom) > element.level) {
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

}  // namespace sod::core
