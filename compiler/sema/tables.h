// Tables of documents: what they list, which rows and columns. Private to compiler/sema.
#ifndef SODC_SEMA_TABLES_H_
#define SODC_SEMA_TABLES_H_

#include "compiler/sema/live_values.h"

namespace sodc::sema {

void BuildTable(Context& context, const DocumentScope& scope, const ast::Attribute& attribute,
                model::DocumentNode& node);

}  // namespace sodc::sema

#endif  // SODC_SEMA_TABLES_H_
