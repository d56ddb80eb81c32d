// The requirements of a table, read from what it carries of duties and roles. Private to the library.
#ifndef SOD_REQUIREMENTS_DEMANDS_H_
#define SOD_REQUIREMENTS_DEMANDS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/core/image.h"
#include "sod/query.h"

namespace sod::requirements {

using core::Image;

struct Demand {
  format::NameKind of_kind = format::NameKind::Duty;   // Duty or Role
  uint32_t of = kNone;
  format::NameKind kind = format::NameKind::Duty;      // Duty, Role, Group or Control
  uint32_t needs = kNone;
};
// A word of a provision of which everything is among the demands.
struct JudgedWord {
  uint32_t provision = kNone;
  std::string_view keyword;
};
struct Demands {
  std::vector<Demand> demands;  // declared order
  std::vector<JudgedWord> judged;
};

Demands Read(const Table& table);

}  // namespace sod::requirements

#endif  // SOD_REQUIREMENTS_DEMANDS_H_
