// Pairs of duties that nobody has looked at (rulings ACC-13).
#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/lint/findings.h"

namespace sodc::lint {
namespace {

using model::DutyId;
using model::Model;

// The list is for programs; a policy with that many open pairs has other work first.
constexpr size_t kMostListed = 100'000;

// Lists of duties each of which a statement compares with every duty of the other.
struct Comparison {
  std::vector<uint32_t> left, right;
};

std::vector<uint32_t> DutiesOf(const model::ConflictSide& side) {
  std::vector<uint32_t> duties;
  for (const model::SideElement& element : side.elements) {
    if (const auto* duty = std::get_if<DutyId>(&element.what)) duties.push_back(duty->index);
  }
  return duties;
}

std::vector<uint32_t> IndicesOf(const std::vector<DutyId>& duties) {
  std::vector<uint32_t> indices;
  for (const DutyId duty : duties) indices.push_back(duty.index);
  return indices;
}

void AddConflict(const model::Conflict& conflict, std::vector<Comparison>& comparisons) {
  std::vector<uint32_t> earlier;
  for (const model::ConflictSide& side : conflict.sides) {
    const std::vector<uint32_t> duties = DutiesOf(side);
    if (!earlier.empty() && !duties.empty()) comparisons.push_back({earlier, duties});
    earlier.insert(earlier.end(), duties.begin(), duties.end());
  }
}

std::vector<Comparison> ComparisonsOf(const Model& model) {
  std::vector<Comparison> comparisons;
  for (const model::Conflict& conflict : model.conflicts) AddConflict(conflict, comparisons);
  for (const model::Compatible& compatible : model.compatibles) {
    comparisons.push_back({IndicesOf(compatible.left), IndicesOf(compatible.right)});
  }
  return comparisons;
}

// One row of the triangle at a time, so that memory grows with the duties and not their square.
class Triangle {
 public:
  explicit Triangle(const Model& model) : model_(model), comparisons_(ComparisonsOf(model)) {
    for (size_t i = 0; i < model.duties.size(); ++i) {
      if (model.duties[model.duties.IdAt(i)].common.is_own) own_.push_back(static_cast<uint32_t>(i));
    }
    for (size_t i = 0; i < comparisons_.size(); ++i) {
      for (const uint32_t duty : comparisons_[i].left) left_of_[duty].push_back(i);
      for (const uint32_t duty : comparisons_[i].right) right_of_[duty].push_back(i);
    }
  }

  void Run() {
    std::vector<bool> row(model_.duties.size());
    for (size_t i = 0; i < own_.size(); ++i) {
      row.assign(row.size(), false);
      Mark(own_[i], row);
      for (size_t k = i + 1; k < own_.size(); ++k) {
        if (!row[own_[k]]) Forget(own_[i], own_[k]);
      }
    }
  }

  uint64_t total() const { return uint64_t{own_.size()} * (own_.size() - (own_.empty() ? 0 : 1)) / 2; }
  uint64_t forgotten() const { return forgotten_; }
  std::vector<NamePair>& pairs() { return pairs_; }

 private:
  void Mark(uint32_t duty, std::vector<bool>& row) const {
    const auto mark = [&](const auto& places, auto other) {
      const auto found = places.find(duty);
      if (found == places.end()) return;
      for (const size_t i : found->second) {
        for (const uint32_t partner : comparisons_[i].*other) row[partner] = true;
      }
    };
    mark(left_of_, &Comparison::right);
    mark(right_of_, &Comparison::left);
  }

  void Forget(uint32_t a, uint32_t b) {
    ++forgotten_;
    if (pairs_.size() == kMostListed) return;
    pairs_.emplace_back(model_.duties[DutyId{a}].common.name, model_.duties[DutyId{b}].common.name);
  }

  const Model& model_;
  std::vector<Comparison> comparisons_;
  std::vector<uint32_t> own_;
  std::unordered_map<uint32_t, std::vector<size_t>> left_of_, right_of_;
  uint64_t forgotten_ = 0;
  std::vector<NamePair> pairs_;
};

}  // namespace

void FindForgottenPairs(const Model& model, Sink& sink) {
  Triangle triangle(model);
  triangle.Run();
  if (triangle.forgotten() == 0) return;
  const auto& [first, second] = triangle.pairs().front();
  std::string help = "say `conflict " + first + " with " + second + "` or `compatible " + first + " with " + second +
                     " because \"…\"`, and so on; --format json lists them";
  Diagnose<DiagKind::PairsNotConsidered>(model.policy.common.span, triangle.forgotten(), triangle.total())
      .Help(std::move(help))
      .Pairs(std::move(triangle.pairs()))
      .To(sink);
}

}  // namespace sodc::lint
