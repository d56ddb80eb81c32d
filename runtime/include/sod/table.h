// A loaded decision table: immutable, verified, shared freely between threads.
#ifndef SOD_TABLE_H_
#define SOD_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sod/export.h"
#include "sod/result.h"

namespace sod {

namespace core {
class Image;  // the verified sections; private
}

// Seconds UTC since 1970-01-01T00:00:00Z. Intervals are half-open [from, until).
using Instant = int64_t;
inline constexpr Instant kBeginningOfTime = INT64_MIN;
inline constexpr Instant kEndOfTime = INT64_MAX;

inline constexpr uint32_t kNone = 0xffffffff;

enum class NameKind : uint8_t {
  Person, Team, External, Role, Duty, Group, Rule, Control, System, Service, Tool, Agent, Entitlement
};

// A declared thing: its kind and its row in the table.
struct Entity {
  NameKind kind = NameKind::Duty;
  uint32_t index = kNone;
  bool operator==(const Entity&) const = default;
};

// Leaves [lo, hi) of a dimension of scopes, numbered from 0 in declared depth-first order.
// Both zero: the whole dimension.
struct ScopeInterval {
  uint16_t lo = 0;
  uint16_t hi = 0;
  bool operator==(const ScopeInterval&) const = default;
};
inline constexpr uint32_t kMaxDimensions = 8;
using ScopeBox = std::array<ScopeInterval, kMaxDimensions>;  // by row of the dimension

// A node of a dimension; kNone stands for the whole dimension.
struct ScopePlace {
  uint32_t dimension = kNone;
  uint32_t node = kNone;
  ScopeInterval interval;
  bool operator==(const ScopePlace&) const = default;
};

// What names look like everywhere: the declared name and the title for people.
struct Named {
  std::string_view name;
  std::string_view title;
};

class SOD_API Table {
 public:
  // Copies and verifies `bytes`: header, directory, checksums and every row of every section; O(bytes).
  // The table stays valid when `bytes` goes away. Errors: NotATable, WrongVersion, Damaged.
  static Result<Table> Load(std::span<const std::byte> bytes);
  // Reads the file whole, then as above. Errors also: InputOutput, LimitExceeded.
  static Result<Table> LoadFile(const std::string& path);

  // The digest trailer, 64 hex digits, as stored. Load does not hash (rulings TAB-2); compare with
  // `head -c -32 x.sodt | sha256sum`.
  std::string table_sha256() const;

  std::string_view policy_name() const;
  std::string_view policy_title() const;
  uint32_t policy_revision() const;
  uint32_t language_version() const;
  bool without_people() const;
  int32_t time_zone() const;  // seconds east of UTC: where days of the policy begin

  uint32_t duty_count() const;
  uint32_t role_count() const;
  uint32_t rule_count() const;
  uint32_t actor_count() const;  // people, teams, external parties, services, tools and agents
  uint32_t level_count() const;  // of the access scale; 0 when the policy has none

  Named duty(uint32_t index) const;
  Named role(uint32_t index) const;
  Named rule(uint32_t index) const;
  Named actor(uint32_t index) const;
  NameKind actor_kind(uint32_t index) const;
  bool actor_is_vacant(uint32_t index) const;  // a person not appointed yet
  Named level(uint32_t rank) const;
  // A member of any scale, by its row: a risk in an answer.
  Named scale_member(uint32_t row) const;

  // By declared name, else by exact title (command line rule of the design). Titles that several
  // things share: AmbiguousName with the candidates. Unknown: UnknownName with a suggestion.
  // O(log names), or O(names) for a title.
  Result<Entity> Find(std::string_view name, std::span<const NameKind> kinds) const;
  // By declared name alone; nothing on failure. O(log names).
  std::optional<uint32_t> FindDuty(std::string_view name) const;
  std::optional<uint32_t> FindRole(std::string_view name) const;
  std::optional<uint32_t> FindPerson(std::string_view name) const;
  // The rank of a level by name.
  Result<uint32_t> FindLevel(std::string_view name) const;

  // The one of these kinds that another system calls `id` (`known in`); `system` is a declared name
  // or title, `id` compares as that system compares names. Errors: UnknownName. O(names of systems).
  Result<Entity> FindForeign(std::string_view system, std::string_view id, std::span<const NameKind> kinds) const;
  // The declared entitlements that a right of this concrete name is, by exact name or pattern,
  // ascending, without those that another of them stands for; none when it is no right that the policy knows.
  // Errors: UnknownName (the system), BadArgument (a name with a wildcard of the system: a pattern).
  Result<std::vector<uint32_t>> FindEntitlements(std::string_view system, std::string_view name) const;
  Named entitlement(uint32_t index) const;

  // Dimensions of scopes and their nodes.
  uint32_t dimension_count() const;
  Named dimension(uint32_t index) const;
  Named scope_node(uint32_t index) const;
  // A value of a dimension by name or title, or the whole dimension by `*`. Errors: UnknownName
  // with a suggestion, for either.
  Result<ScopePlace> FindScope(std::string_view dimension, std::string_view value) const;
  // The fewest nodes that cover exactly these leaves; all of them: one place without a node.
  std::vector<ScopePlace> PlacesOf(uint32_t dimension, ScopeInterval interval) const;
  // "company_code 1000 and environment production"; empty for everywhere.
  std::string ScopeInWords(const ScopeBox& box) const;

  // The capacity of a rank; the policy must have some.
  Named capacity(uint32_t rank) const;
  // The rank of a capacity by name.
  Result<uint32_t> FindCapacity(std::string_view name) const;

  // The verified bytes, digest and all, as docs/table-format.md describes them.
  std::span<const std::byte> bytes() const;

  // For the other runtime libraries; not a stable interface.
  const core::Image& image() const { return *image_; }

 private:
  explicit Table(std::shared_ptr<const core::Image> image) : image_(std::move(image)) {}
  std::shared_ptr<const core::Image> image_;
};

}  // namespace sod

#endif  // SOD_TABLE_H_
