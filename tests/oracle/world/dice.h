// Random choices that are the same on every machine (the distributions of <random> are not).
#ifndef SODC_TESTS_ORACLE_WORLD_DICE_H_
#define SODC_TESTS_ORACLE_WORLD_DICE_H_

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace oracle {

class Dice {
 public:
  explicit Dice(uint64_t seed) : random_(seed) {}

  // In 0..count-1; count at least 1.
  int Below(int count) { return static_cast<int>(random_() % static_cast<uint64_t>(count)); }
  int Between(int low, int high) { return low + Below(high - low + 1); }
  bool Percent(int chance) { return Below(100) < chance; }

  template <typename T>
  const T& OneOf(const std::vector<T>& items) {
    return items[static_cast<size_t>(Below(static_cast<int>(items.size())))];
  }

  template <typename T>
  void Shuffle(std::vector<T>& items) {
    for (size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[static_cast<size_t>(Below(static_cast<int>(i)))]);
    }
  }

  // Some of 0..count-1, each once, in random order.
  std::vector<int> Some(int count, int at_most) {
    std::vector<int> items;
    for (int i = 0; i < count; ++i) items.push_back(i);
    Shuffle(items);
    if (static_cast<int>(items.size()) > at_most) items.resize(static_cast<size_t>(at_most));
    return items;
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_WORLD_DICE_H_
