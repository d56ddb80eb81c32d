// Typed indices into stores: cheap, printable, impossible to mix up.
#ifndef SODC_BASE_ID_H_
#define SODC_BASE_ID_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace sodc {

// An index into the Store that Tag names. A default-constructed id means "none".
template <typename Tag>
struct Id {
  static constexpr uint32_t kNone = 0xffffffff;
  uint32_t index = kNone;

  constexpr bool is_valid() const { return index != kNone; }
  constexpr auto operator<=>(const Id&) const = default;
};

// Rows addressed by Id<Tag>. Iteration is always in id order, so that every
// output is deterministic. Ids stay valid while rows are only added.
template <typename Row, typename Tag = Row>
class Store {
 public:
  using IdType = Id<Tag>;

  IdType Add(Row row) {
    rows_.push_back(std::move(row));
    return IdType{static_cast<uint32_t>(rows_.size() - 1)};
  }
  void Reserve(size_t size) { rows_.reserve(size); }
  Row& operator[](IdType id) { return rows_[id.index]; }
  const Row& operator[](IdType id) const { return rows_[id.index]; }

  size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  IdType IdAt(size_t index) const { return IdType{static_cast<uint32_t>(index)}; }

  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.end(); }
  auto begin() { return rows_.begin(); }
  auto end() { return rows_.end(); }

 private:
  std::vector<Row> rows_;
};

}  // namespace sodc

#endif  // SODC_BASE_ID_H_
