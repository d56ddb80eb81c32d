// "Did you mean …": the nearest of the names offered, if it is near.
#ifndef SOD_CORE_SUGGEST_H_
#define SOD_CORE_SUGGEST_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sod::core {

class Suggestion {
 public:
  explicit Suggestion(std::string_view wanted);

  // O(length²) for names of similar length; others are passed over.
  void Offer(std::string_view name);
  // "did you mean `eric`?", or empty. The first offered wins among equals.
  std::string Sentence() const;

 private:
  std::string wanted_;
  std::string best_;
  size_t best_distance_;
  std::vector<size_t> row_;
};

}  // namespace sod::core

#endif  // SOD_CORE_SUGGEST_H_
