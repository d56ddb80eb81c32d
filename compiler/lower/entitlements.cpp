// Only what an `and` needs has an atom of its own, and what a rule waits for (rulings SEM-1).
// An `or` inside an `and` needs one, too: it stands as an entitlement without a name in any
// system, which each of its parts sets.
#include "compiler/lower/entitlements.h"

#include <algorithm>
#include <set>
#include <string>

#include "compiler/lower/atom_supplies.h"

namespace sodc::lower {
namespace {

void SortOnce(std::vector<uint32_t>& rows) {
  std::ranges::sort(rows);
  const auto repeated = std::ranges::unique(rows);
  rows.erase(repeated.begin(), repeated.end());
}

// One interval of leaves for each dimension.
using Box = std::vector<std::pair<uint32_t, uint32_t>>;

Box Whole(const TableImage& image) {
  Box box;
  for (const format::ScopeDimensionRecord& dimension : image.ScopeDimensions) box.emplace_back(0, dimension.leaf_count);
  return box;
}

std::vector<Box> BoxesOf(const TableImage& image, uint32_t scope) {
  if (scope == format::kNone) return {Whole(image)};
  std::vector<Box> boxes;
  const format::ScopeRecord& record = image.Scopes[scope];
  for (uint32_t i = 0; i < record.boxes_count; ++i) {
    Box box = Whole(image);
    const format::ScopeBoxRecord& row = image.ScopeBoxes[record.boxes_first + i];
    for (uint32_t k = 0; k < row.nodes_count; ++k) {
      const format::ScopeNodeRecord& node = image.ScopeNodes[image.ScopeBoxNodes[row.nodes_first + k].node];
      box[node.dimension] = {node.lo, node.hi};
    }
    boxes.push_back(std::move(box));
  }
  return boxes;
}

// Where several nodes are reached. Beyond a number of boxes it is everywhere: more is found, nothing missed.
class Places {
 public:
  explicit Places(const TableImage& image) : whole_(Whole(image)) {}

  bool IsEmpty() const { return boxes_.empty(); }
  void Add(const Box& box) {
    const bool is_known = std::ranges::any_of(boxes_, [&](const Box& known) { return Contains(known, box); });
    if (is_known) return;
    std::erase_if(boxes_, [&](const Box& known) { return Contains(box, known); });
    boxes_.push_back(box);
    if (boxes_.size() > kMostBoxes) boxes_ = {whole_};
  }
  void Add(const Places& other) {
    for (const Box& box : other.boxes_) Add(box);
  }
  void Intersect(const Places& other) {
    std::vector<Box> before;
    before.swap(boxes_);
    for (const Box& a : before) {
      for (const Box& b : other.boxes_) AddCommon(a, b);
    }
  }

 private:
  static constexpr size_t kMostBoxes = 256;

  static bool Contains(const Box& outer, const Box& inner) {
    for (size_t d = 0; d < outer.size(); ++d) {
      if (inner[d].first < outer[d].first || inner[d].second > outer[d].second) return false;
    }
    return true;
  }
  void AddCommon(const Box& a, const Box& b) {
    Box common = a;
    for (size_t d = 0; d < a.size(); ++d) {
      common[d] = {std::max(a[d].first, b[d].first), std::min(a[d].second, b[d].second)};
      if (common[d].first >= common[d].second) return;
    }
    Add(common);
  }

  Box whole_;
  std::vector<Box> boxes_;
};

// Whether some name it matches is no name of something else that granting it whole confers: then
// an imported name needs a row that stands for it alone.
bool NeedsRowForNames(const model::Entitlement& entitlement, model::EntitlementId id) {
  const bool is_awaited = std::ranges::find(entitlement.confers, id) != entitlement.confers.end();
  return is_awaited && entitlement.confers.size() > 1 && (entitlement.is_pattern || entitlement.names.size() > 1);
}

}  // namespace

Entitlements::Entitlements(Builder& builder, const std::vector<std::vector<uint32_t>>& setters)
    : builder_(builder), conferring_(builder.model) {
  if (builder.model.entitlements.size() == 0) return;
  has_and_ = std::ranges::any_of(conferring_.order(), [&](Node node) { return conferring_.IsAnd(node); });
  AddNeededAtoms(setters);
  AddRows();
  AddDerivations();
  AddJointDuties();
}

void Entitlements::AddNeededAtoms(const std::vector<std::vector<uint32_t>>& setters) {
  TableImage& image = builder_.image;
  const uint32_t entitlements = static_cast<uint32_t>(builder_.model.entitlements.size());
  uint32_t next_row = entitlements;
  for (size_t i = 0; i < builder_.model.entitlements.size(); ++i) {
    const model::EntitlementId id = builder_.model.entitlements.IdAt(i);
    next_row += NeedsRowForNames(builder_.model.entitlements[id], id) ? 1 : 0;
  }
  atoms_.resize(conferring_.size());
  for (Node node = 0; node < conferring_.size(); ++node) {
    if (conferring_.IsEntitlement(node)) atoms_[node] = setters[node];
    if (!conferring_.IsNeeded(node)) continue;
    format::AtomRecord atom;
    atom.kind = format::AtomKind::Entitlement;
    atom.ref = conferring_.IsEntitlement(node) ? node : next_row++;
    if (!conferring_.IsEntitlement(node)) gates_.push_back(node);
    const auto known = std::ranges::find_if(image.Atoms, [&](const format::AtomRecord& other) {
      return other.kind == atom.kind && other.ref == atom.ref;
    });
    atom.pairs_first = Begin(image.AtomPairs);
    atom.limits_first = Begin(image.AtomLimits);
    const uint32_t row = static_cast<uint32_t>(known - image.Atoms.begin());
    if (known == image.Atoms.end()) image.Atoms.push_back(atom);
    auto& atoms = atoms_[node];
    std::erase(atoms, row);
    atoms.insert(atoms.begin(), row);
  }
  for (Node node = 0; node < conferring_.size(); ++node) {
    if (!conferring_.IsDuty(node)) continue;
    const format::DutyRecord& duty = image.Duties[node - entitlements];
    for (uint32_t i = 0; i < duty.atoms_count; ++i) {
      const format::DutyAtomRecord& held = image.DutyAtoms[duty.atoms_first + i];
      if (SetsInCapacity(image, held.capacity, format::kNone)) atoms_[node].push_back(held.atom);
    }
  }
}

std::vector<uint32_t> Entitlements::AtomsOf(const std::vector<Node>& nodes) const {
  std::vector<uint32_t> atoms;
  for (const Node node : nodes) atoms.insert(atoms.end(), atoms_[node].begin(), atoms_[node].end());
  SortOnce(atoms);
  return atoms;
}

void Entitlements::AddRow(const model::Entitlement& entitlement, const std::vector<model::EntitlementId>& confers) {
  TableImage& image = builder_.image;
  format::EntitlementRecord record;
  record.name = builder_.Text(entitlement.common.name);
  record.title = builder_.Text(entitlement.common.title);
  record.description = builder_.Text(entitlement.common.description);
  record.is_declared = entitlement.is_declared;
  record.system = Builder::Row(entitlement.system);
  record.is_pattern = entitlement.is_pattern;
  builder_.TextRange(entitlement.names, image.EntitlementNames, record.names_first, record.names_count);
  builder_.TextRange(entitlement.excepts, image.EntitlementExcepts, record.excepts_first, record.excepts_count);
  record.fields_first = Begin(image.EntitlementFields);
  for (const model::EntitlementField& field : entitlement.fields) {
    for (const std::string& value : field.values) {
      image.EntitlementFields.push_back({builder_.Text(field.name), builder_.Text(value)});
    }
  }
  record.fields_count = CountSince(image.EntitlementFields, record.fields_first);
  record.confers_first = Begin(image.EntitlementConfers);
  std::vector<Node> held;
  for (const model::EntitlementId id : confers) {
    image.EntitlementConfers.push_back({Builder::Row(id)});
    held.push_back(conferring_.NodeOf(id));
  }
  record.confers_count = CountSince(image.EntitlementConfers, record.confers_first);
  AddConferred(conferring_.Reach(held), record);
  builder_.Place(record, entitlement.common.span);
  image.Entitlements.push_back(record);
}

void Entitlements::AddConferred(const std::vector<Node>& reached, format::EntitlementRecord& record) {
  TableImage& image = builder_.image;
  const uint32_t entitlements = static_cast<uint32_t>(builder_.model.entitlements.size());
  record.duties_first = Begin(image.EntitlementDuties);
  for (const Node node : reached) {
    if (conferring_.IsDuty(node)) image.EntitlementDuties.push_back({node - entitlements});
  }
  record.duties_count = CountSince(image.EntitlementDuties, record.duties_first);
  record.atoms_first = Begin(image.EntitlementAtoms);
  for (const uint32_t atom : AtomsOf(reached)) image.EntitlementAtoms.push_back({atom});
  record.atoms_count = CountSince(image.EntitlementAtoms, record.atoms_first);
}

void Entitlements::AddRows() {
  const auto& rows = builder_.model.entitlements;
  for (const model::Entitlement& entitlement : rows) AddRow(entitlement, entitlement.confers);
  for (size_t i = 0; i < rows.size(); ++i) {
    const model::EntitlementId id = rows.IdAt(i);
    if (!NeedsRowForNames(rows[id], id)) continue;
    model::Entitlement alone = rows[id];
    alone.is_declared = false;
    AddRow(alone, {id});
  }
  for (const Node gate : gates_) {
    model::Entitlement part;
    for (const Node source : conferring_.sources(gate)) {
      part.common.name += part.common.name.empty() ? "" : " or ";
      part.common.name += conferring_.IsEntitlement(source) ? rows[rows.IdAt(source)].common.name : "…";
    }
    part.common.title = part.common.name;
    part.is_declared = false;
    AddRow(part, {});
  }
}

void Entitlements::AddDerivations() {
  TableImage& image = builder_.image;
  std::set<std::vector<uint32_t>> known;
  for (const Node gate : conferring_.order()) {
    if (!conferring_.IsAnd(gate)) continue;
    std::vector<uint32_t> sources;
    for (const Node source : conferring_.sources(gate)) sources.push_back(atoms_[source].front());
    for (const uint32_t target : AtomsOf(conferring_.Reach({gate}, /*alone=*/true))) {
      std::vector<uint32_t> key = sources;
      key.push_back(target);
      if (!known.insert(std::move(key)).second) continue;
      format::DerivationRecord record;
      record.target = target;
      record.sources_first = Begin(image.DerivationSources);
      for (const uint32_t source : sources) image.DerivationSources.push_back({source});
      record.sources_count = CountSince(image.DerivationSources, record.sources_first);
      image.Derivations.push_back(record);
    }
  }
}

void Entitlements::AddJointDuties() {
  TableImage& image = builder_.image;
  const uint32_t entitlements = static_cast<uint32_t>(builder_.model.entitlements.size());
  std::set<std::pair<uint32_t, std::vector<uint32_t>>> joint;  // sorted by duty, then by what it needs
  for (const Node gate : conferring_.order()) {
    if (!conferring_.IsAnd(gate)) continue;
    std::vector<uint32_t> sources;
    for (const Node source : conferring_.sources(gate)) sources.push_back(atoms_[source].front());
    SortOnce(sources);
    if (sources.size() < 2) continue;  // `a and a`
    for (const Node node : conferring_.Reach({gate}, /*alone=*/true)) {
      if (conferring_.IsDuty(node)) joint.emplace(node - entitlements, sources);
    }
  }
  for (const auto& [duty, sources] : joint) {
    format::JointDutyRecord record;
    record.duty = duty;
    record.sources_first = Begin(image.JointDutySources);
    for (const uint32_t source : sources) image.JointDutySources.push_back({source});
    record.sources_count = CountSince(image.JointDutySources, record.sources_first);
    image.JointDuties.push_back(record);
  }
}

std::vector<uint32_t> Entitlements::DutiesOf(const std::vector<HeldEntitlement>& held) const {
  const TableImage& image = builder_.image;
  std::vector<uint32_t> duties;
  if (!has_and_ || held.size() < 2) return duties;
  std::vector<Places> places(conferring_.size(), Places(image));
  for (const auto& [row, scope] : held) {
    const auto& confers = builder_.model.entitlements[model::EntitlementId{row}].confers;
    for (const Box& box : BoxesOf(image, scope)) {
      for (const model::EntitlementId id : confers) places[conferring_.NodeOf(id)].Add(box);
    }
  }
  const uint32_t entitlements = static_cast<uint32_t>(builder_.model.entitlements.size());
  for (const Node node : conferring_.order()) {
    const auto& sources = conferring_.sources(node);
    if (conferring_.IsAnd(node)) {
      Places common = places[sources.front()];
      for (size_t i = 1; i < sources.size() && !common.IsEmpty(); ++i) common.Intersect(places[sources[i]]);
      places[node].Add(common);
    } else {
      for (const Node source : sources) places[node].Add(places[source]);
    }
    if (conferring_.IsDuty(node) && !places[node].IsEmpty()) duties.push_back(node - entitlements);
  }
  std::ranges::sort(duties);
  return duties;
}

}  // namespace sodc::lower
