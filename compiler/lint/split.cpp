#include "compiler/lint/split.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "compiler/lint/wording.h"

namespace sodc::lint {
namespace {

using model::Conflict;
using model::DutyId;
using model::Model;

// Duties as vertices, conflicts as edges; coloured component by component, nearest first.
class Split {
 public:
  Split(const Model& model, const std::vector<uint32_t>& conflicts) : model_(model) {
    for (const uint32_t row : conflicts) {
      const auto pair = DutiesOfPair(model.conflicts[model::ConflictId{row}]);
      if (!pair) continue;
      ++edges_;
      const uint32_t a = VertexOf(pair->first), b = VertexOf(pair->second);
      neighbours_[a].push_back(b);
      neighbours_[b].push_back(a);
    }
    parent_.resize(duties_.size());
    depth_.resize(duties_.size(), kUnseen);
  }

  std::string InWords() {
    if (edges_ < 2) return "";
    for (uint32_t vertex = 0; vertex < duties_.size(); ++vertex) {
      if (depth_[vertex] != kUnseen) continue;
      const std::vector<uint32_t> circle = Colour(vertex);
      if (!circle.empty()) return CircleInWords(circle);
    }
    return fmt::format("two roles would do: take {} out into one of its own, and leave {}", ListOf(Titles(out_), kMostPlaces),
                       ListOf(Titles(stay_), kMostPlaces));
  }

 private:
  static constexpr uint32_t kUnseen = UINT32_MAX;

  uint32_t VertexOf(DutyId duty) {
    const auto [place, is_new] = vertices_.try_emplace(duty.index, static_cast<uint32_t>(duties_.size()));
    if (is_new) {
      duties_.push_back(duty);
      neighbours_.emplace_back();
    }
    return place->second;
  }

  // Colours one component, or returns an odd circle in it.
  std::vector<uint32_t> Colour(uint32_t start) {
    std::vector<uint32_t> order = {start};
    depth_[start] = 0;
    parent_[start] = start;
    for (size_t i = 0; i < order.size(); ++i) {
      for (const uint32_t next : neighbours_[order[i]]) {
        if (depth_[next] == kUnseen) {
          depth_[next] = depth_[order[i]] + 1;
          parent_[next] = order[i];
          order.push_back(next);
        } else if (depth_[next] % 2 == depth_[order[i]] % 2) {
          return CircleOf(order[i], next);
        }
      }
    }
    std::vector<uint32_t> sides[2];
    for (const uint32_t vertex : order) sides[depth_[vertex] % 2].push_back(vertex);
    const size_t smaller = sides[1].size() < sides[0].size() ? 1 : 0;
    out_.insert(out_.end(), sides[smaller].begin(), sides[smaller].end());
    stay_.insert(stay_.end(), sides[1 - smaller].begin(), sides[1 - smaller].end());
    return {};
  }

  // Two neighbours of one colour, each up to where their ways meet.
  std::vector<uint32_t> CircleOf(uint32_t a, uint32_t b) const {
    std::vector<uint32_t> left = {a}, right = {b};
    while (left.back() != right.back()) {
      auto& deeper = depth_[left.back()] >= depth_[right.back()] ? left : right;
      deeper.push_back(parent_[deeper.back()]);
    }
    left.insert(left.end(), right.rbegin() + 1, right.rend());
    return left;
  }

  // In declared order.
  std::vector<std::string> Titles(std::vector<uint32_t> vertices) const {
    std::ranges::sort(vertices, {}, [&](uint32_t vertex) { return duties_[vertex].index; });
    return InOrder(vertices);
  }
  std::vector<std::string> InOrder(const std::vector<uint32_t>& vertices) const {
    std::vector<std::string> titles;
    for (const uint32_t vertex : vertices) titles.push_back(model_.duties[duties_[vertex]].common.title);
    return titles;
  }

  std::string CircleInWords(const std::vector<uint32_t>& circle) const {
    return fmt::format("two roles are not enough: {} conflict in a circle, each with the next and the last with the first; it takes three or more",
                       ListOf(InOrder(circle), kMostPlaces));
  }

  const Model& model_;
  size_t edges_ = 0;
  std::unordered_map<uint32_t, uint32_t> vertices_;  // by duty
  std::vector<DutyId> duties_;
  std::vector<std::vector<uint32_t>> neighbours_;
  std::vector<uint32_t> parent_, depth_;
  std::vector<uint32_t> out_, stay_;
};

}  // namespace

std::optional<std::pair<DutyId, DutyId>> DutiesOfPair(const Conflict& conflict) {
  if (conflict.sides.size() != 2 || conflict.kind > model::ConflictKind::Set) return std::nullopt;
  for (const model::ConflictSide& side : conflict.sides) {
    if (side.elements.size() != 1) return std::nullopt;
  }
  const auto* a = std::get_if<DutyId>(&conflict.sides[0].elements.front().what);
  const auto* b = std::get_if<DutyId>(&conflict.sides[1].elements.front().what);
  if (a == nullptr || b == nullptr || *a == *b) return std::nullopt;
  return std::pair(*a, *b);
}

std::string SplitInWords(const Model& model, const std::vector<uint32_t>& conflicts) { return Split(model, conflicts).InWords(); }

}  // namespace sodc::lint
