#include "runtime/core/joint_duties.h"

#include <algorithm>
#include <map>

#include "runtime/core/boxes.h"

namespace sod::core {
namespace {

constexpr uint32_t kNobodys = 0xfffffffe;  // a combination of nothing yet
constexpr uint32_t kSeveral = 0xfffffffd;  // holdings

// Where and when an atom is held, and by which holding.
struct Piece {
  ScopeBox box;
  Instant from, until;
  uint32_t holding;
};

constexpr size_t kMostPieces = 1024;  // of one atom or combination

class Pieces {
 public:
  Pieces(const Image& image, std::span<const Holding> holdings, Instant at)
      : image_(image), dimensions_(image), holdings_(holdings), at_(at) {
    for (uint32_t i = 0; i < holdings_.size(); ++i) {
      if (IsUsableAt(image_, holdings_[i], at_)) AddHolding(i);
    }
    for (const format::DerivationRecord& derivation : image_.Derivations()) {  // sources stand before targets
      for (const Piece& piece : Together(derivation.sources_first, derivation.sources_count, image_.DerivationSources())) {
        Add(pieces_[derivation.target], piece);
      }
    }
  }

  // Where and when all sources are held.
  std::vector<Piece> Together(uint32_t first, uint32_t count, std::span<const format::AtomRefRecord> rows) const {
    std::vector<Piece> together = {{dimensions_.whole(), kBeginningOfTime, kEndOfTime, kNobodys}};
    for (const format::AtomRefRecord& source : Slice(rows, first, count)) {
      const auto held = pieces_.find(source.atom);
      if (held == pieces_.end()) return {};
      std::vector<Piece> next;
      for (const Piece& a : together) {
        for (const Piece& b : held->second) AddCommon(a, b, next);
      }
      together = std::move(next);
    }
    return together;
  }

  bool IsHeld(uint32_t atom) const { return pieces_.contains(atom); }

  // The places in which no holding gives it by itself.
  std::vector<ScopeBox> OfSeveral(const std::vector<Piece>& together) const {
    std::vector<ScopeBox> by_one, by_several;
    for (const Piece& piece : together) {
      if (piece.holding != kSeveral) by_one.push_back(piece.box);
    }
    for (const Piece& piece : together) {
      if (piece.holding == kSeveral && !dimensions_.IsCovered(piece.box, by_one)) by_several.push_back(piece.box);
    }
    return by_several;
  }

  std::vector<Supplier> SuppliersOf(const format::JointDutyRecord& record, const std::vector<ScopeBox>& boxes) const {
    const auto takes_part = [&](const ScopeBox& held) {
      return std::ranges::any_of(boxes, [&](ScopeBox box) { return dimensions_.Intersect(box, held); });
    };
    std::vector<Supplier> suppliers;
    for (const auto& source : Slice(image_.JointDutySources(), record.sources_first, record.sources_count)) {
      for (const uint32_t atom : AtomsBehind(image_, source.atom, [&](uint32_t behind) { return IsHeld(behind); })) {
        for (uint32_t i = 0; i < holdings_.size(); ++i) {
          Supplier supplier = {i, atom};
          if (IsUsableAt(image_, holdings_[i], at_) && Sets(image_, holdings_[i], atom, takes_part, supplier.row)) suppliers.push_back(supplier);
        }
      }
    }
    return suppliers;
  }

 private:
  // Entitlements alone take part: what duties set is of no use here.
  bool IsOfEntitlement(uint32_t atom) const { return image_.Atoms()[atom].kind == format::AtomKind::Entitlement; }

  void AddHolding(uint32_t index) {
    const Holding& holding = holdings_[index];
    const ScopeBox box = dimensions_.WrittenOut(holding.box);
    if (holding.kind == HeldKind::Entitlement) {
      const format::EntitlementRecord& record = image_.Entitlements()[holding.target];
      for (const auto& row : Slice(image_.EntitlementAtoms(), record.atoms_first, record.atoms_count)) {
        if (IsOfEntitlement(row.atom)) Add(pieces_[row.atom], {box, holding.from, holding.until, index});
      }
    }
    if (holding.kind != HeldKind::Role) return;
    const format::RoleRecord& record = image_.Roles()[holding.target];
    for (const auto& row : Slice(image_.RoleAtoms(), record.atoms_first, record.atoms_count)) {
      if (row.is_undecided != 0 || !IsOfEntitlement(row.atom)) continue;
      dimensions_.AnyPart(box, row.scope, [&](const ScopeBox& part) {
        Add(pieces_[row.atom], {part, holding.from, holding.until, index});
        return false;
      });
    }
  }

  // What is more than fits is said to be everywhere: a list of holdings rather says too much.
  void Add(std::vector<Piece>& pieces, const Piece& piece) const {
    const bool is_known = std::ranges::any_of(pieces, [&](const Piece& known) {
      return known.holding == piece.holding && dimensions_.Contains(known.box, piece.box) && known.from <= piece.from &&
             piece.until <= known.until;
    });
    if (is_known) return;
    pieces.push_back(piece);
    if (pieces.size() <= kMostPieces) return;
    Piece all = {dimensions_.whole(), piece.from, piece.until, kSeveral};
    for (const Piece& known : pieces) {
      all.from = std::min(all.from, known.from);
      all.until = std::max(all.until, known.until);
    }
    pieces = {all};
  }

  void AddCommon(const Piece& a, const Piece& b, std::vector<Piece>& pieces) const {
    const uint32_t holding = a.holding == kNobodys || a.holding == b.holding ? b.holding : kSeveral;
    Piece common = {a.box, std::max(a.from, b.from), std::min(a.until, b.until), holding};
    if (dimensions_.Intersect(common.box, b.box)) Add(pieces, common);
  }

  const Image& image_;
  const Dimensions dimensions_;
  const std::span<const Holding> holdings_;
  const Instant at_;
  std::map<uint32_t, std::vector<Piece>> pieces_;  // by atom; never empty
};

void Merge(const Image& image, const Piece& piece, JointDuty& joint) {
  const Dimensions dimensions(image);
  joint.from = std::min(joint.from, piece.from);
  joint.until = std::max(joint.until, piece.until);
  if (std::ranges::any_of(joint.boxes, [&](const ScopeBox& known) { return dimensions.Contains(known, piece.box); })) return;
  std::erase_if(joint.boxes, [&](const ScopeBox& known) { return dimensions.Contains(piece.box, known); });
  joint.boxes.push_back(piece.box);
}

}  // namespace

std::vector<JointDuty> JointDutiesOf(const Image& image, std::span<const Holding> holdings, Instant at) {
  std::vector<JointDuty> found;
  if (image.JointDuties().empty()) return found;
  const Pieces pieces(image, holdings, at);
  for (const format::JointDutyRecord& record : image.JointDuties()) {
    const std::vector<Piece> together = pieces.Together(record.sources_first, record.sources_count, image.JointDutySources());
    if (together.empty()) continue;
    if (found.empty() || found.back().duty != record.duty) {
      found.push_back({record.duty, together.front().from, together.front().until, {}, {}});
    }
    JointDuty& joint = found.back();
    for (const Piece& piece : together) Merge(image, piece, joint);
    for (const Supplier& supplier : pieces.SuppliersOf(record, pieces.OfSeveral(together))) {
      const auto place = std::ranges::lower_bound(joint.suppliers, supplier);
      if (place == joint.suppliers.end() || *place != supplier) joint.suppliers.insert(place, supplier);
    }
  }
  return found;
}

}  // namespace sod::core
