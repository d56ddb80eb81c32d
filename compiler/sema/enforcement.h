// Levels of enforcement: named bundles of defaults, copied into the rules that name them
// (second-ring E12, docs/decisions/0034). Private to compiler/sema.
#ifndef SODC_SEMA_ENFORCEMENT_H_
#define SODC_SEMA_ENFORCEMENT_H_

#include "compiler/sema/names.h"

namespace sodc::sema {

inline constexpr Wanted kEnforcement{Bit(EntityKind::Enforcement), "an enforcement level"};

// What a mode says without its condition: of `mode warn when … otherwise deny` the stricter one.
// Nothing when a word is no mode, which is said where it is read.
std::optional<model::Mode> StrictestMode(const ast::Attribute& mode);

// The mode of the rule when it states none: its level's, else the policy's default, else what its
// modality says. Risk likewise.
void SettleDefaults(Context& context, model::Conflict& conflict);

}  // namespace sodc::sema

#endif  // SODC_SEMA_ENFORCEMENT_H_
