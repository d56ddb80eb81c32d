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

// The word of a mode, or of its `otherwise`, alone; nothing when it is no mode.
std::optional<model::Mode> ModeInWords(const ast::Attribute& mode);
// The mode that the rule would have if what decides it were not there: without the statement of its own that
// of its level; without that the policy's default, else what the kind of the rule or its modality says.
model::Mode ModeUnstated(const Context& context, const model::Conflict& conflict);

// The mode of the rule when it states none: its level's, else the policy's default, else what its
// modality says. Risk likewise.
void SettleDefaults(Context& context, model::Conflict& conflict);

}  // namespace sodc::sema

#endif  // SODC_SEMA_ENFORCEMENT_H_
