// Edit distance, one row at a time.
#include "runtime/core/suggest.h"

#include <algorithm>
#include <numeric>

namespace sod::core {
namespace {

constexpr size_t kLongestName = 64;

// `ROBOT1` may well have meant `robot1`.
char Folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

size_t FarthestAccepted(size_t length) { return std::max<size_t>(1, length / 3); }

}  // namespace

Suggestion::Suggestion(std::string_view wanted)
    : wanted_(wanted), best_distance_(FarthestAccepted(wanted.size()) + 1) {}

void Suggestion::Offer(std::string_view name) {
  if (wanted_.empty() || name.size() > kLongestName || wanted_.size() > kLongestName) return;
  const size_t shorter = std::min(name.size(), wanted_.size());
  if (std::max(name.size(), wanted_.size()) - shorter >= best_distance_) return;
  row_.resize(name.size() + 1);
  std::iota(row_.begin(), row_.end(), size_t{0});
  for (size_t i = 1; i <= wanted_.size(); ++i) {
    size_t diagonal = row_[0];
    row_[0] = i;
    for (size_t j = 1; j <= name.size(); ++j) {
      const size_t substituted = diagonal + (Folded(wanted_[i - 1]) == Folded(name[j - 1]) ? 0 : 1);
      diagonal = row_[j];
      row_[j] = std::min({row_[j] + 1, row_[j - 1] + 1, substituted});
    }
  }
  if (row_.back() >= best_distance_) return;
  best_distance_ = row_.back();
  best_ = name;
}

std::string Suggestion::Sentence() const {
  return best_.empty() ? std::string() : "did you mean `" + best_ + "`?";
}

}  // namespace sod::core
