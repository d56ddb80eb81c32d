// `amend` and `disable`: changes of imported rules, with who approved them and until when (second-ring
// E44, docs/decisions/0034). Private to compiler/sema.
#ifndef SODC_SEMA_AMENDMENTS_H_
#define SODC_SEMA_AMENDMENTS_H_

#include "compiler/sema/context.h"

namespace sodc::sema {

// Changes the rules and remembers what they were; their defaults are settled already.
void Amend(Context& context);

}  // namespace sodc::sema

#endif  // SODC_SEMA_AMENDMENTS_H_
