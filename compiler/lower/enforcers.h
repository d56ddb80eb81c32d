// Which controls guard a rule of a session or of an object when something is done (rulings SEM-16, SEM-17). Private to compiler/lower.
#ifndef SODC_LOWER_ENFORCERS_H_
#define SODC_LOWER_ENFORCERS_H_

#include <cstdint>
#include <map>
#include <vector>

#include "compiler/lower/builder.h"
#include "compiler/model/carried.h"

namespace sodc::lower {

// By row of the rule: each control once, declared order.
using Enforcers = std::map<uint32_t, std::vector<model::ControlId>>;

Enforcers EnforcersIn(const model::Model& model, const model::Carried& carried);
// The rows of one rule; rules come in ascending order.
void AddEnforcers(Builder& builder, uint32_t rule, const Enforcers& enforcers);

}  // namespace sodc::lower

#endif  // SODC_LOWER_ENFORCERS_H_
