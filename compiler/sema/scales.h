// Looking up members of scales. Private to compiler/sema.
#ifndef SODC_SEMA_SCALES_H_
#define SODC_SEMA_SCALES_H_

#include "compiler/sema/values.h"

namespace sodc::sema {

// Cause of the report that a scale is missing, followed by what it should measure.
inline constexpr char kScaleMissing[] = "scale missing ";

// The member that an attribute such as `risk high` names, among all scales that
// measure this; none after a report. `path` may be empty: then none, silently.
model::ScaleMemberId ResolveMember(Context& context, const std::optional<NamePath>& path,
                                   model::ScaleMeasures measures);

// A level to hold or to trigger at: a member of the access scale above its
// bottom. Without a path the given default: the top for a holding, rank 1 for a
// trigger. None when the policy has no access scale.
enum class LevelUse : uint8_t { Holding, Trigger };
model::ScaleMemberId ResolveLevel(Context& context, const std::optional<NamePath>& path, LevelUse use);

// The rank of a level, 0 for none.
uint32_t RankOf(const Context& context, model::ScaleMemberId level);

}  // namespace sodc::sema

#endif  // SODC_SEMA_SCALES_H_
