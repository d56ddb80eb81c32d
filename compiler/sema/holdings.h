// How something is held: states of holdings, what rules count. Private to compiler/sema.
#ifndef SODC_SEMA_HOLDINGS_H_
#define SODC_SEMA_HOLDINGS_H_

#include "compiler/sema/values.h"

namespace sodc::sema {

// `eligible` behind an assignment; active without a word.
model::HoldingState StateOf(const ast::Attribute* attribute);

// `counting active, requested`: bits of HoldingState; nothing without the attribute, or after a report.
std::optional<uint32_t> CountingOf(Context& context, const Attributes& attributes);

}  // namespace sodc::sema

#endif  // SODC_SEMA_HOLDINGS_H_
