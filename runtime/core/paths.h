// How a subject comes by an element: who → account or team → role → included role → duty.
#ifndef SOD_CORE_PATHS_H_
#define SOD_CORE_PATHS_H_

#include "runtime/core/image.h"
#include "sod/query.h"

namespace sod::core {

// The path of one holding that supplies the element (Supplies, judge.h): the beginning says whose
// holding it is, the rest is the shortest chain that the table states for the element's atom.
Path PathTo(const Image& image, const Subject& subject, const Holding& holding,
            const format::ElementRecord& element);
// The same for what is asked for.
Path PathOfRequest(const Image& image, const Holding& request, const format::ElementRecord& element);

}  // namespace sod::core

#endif  // SOD_CORE_PATHS_H_
