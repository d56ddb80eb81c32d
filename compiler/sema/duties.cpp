// Duties with their classes and tags.
#include "compiler/sema/passes.h"
#include "compiler/sema/scales.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

}  // namespace

void ResolveDuties(Context& context) {
  ForEachSymbol(context, {EntityKind::Duty}, [&](const Symbol& symbol) {
    const Attributes& attributes = symbol.declaration->attributes;
    model::Duty& duty = context.model.duties[model::DutyId{symbol.index}];
    duty.duty_class = ResolveMember(context, FirstPath(Find(attributes, AttributeKind::Class)),
                                    model::ScaleMeasures::DutyClass);
    duty.tags = TagsOf(context, attributes);
    duty.letter = TextOf(Find(attributes, AttributeKind::Letter));
    if (const auto path = FirstPath(Find(attributes, AttributeKind::Is))) {
      duty.catalogue_entry = ResolveTo<model::Duty>(context, symbol.module, *path, kDuty);
    }
  });
}

}  // namespace sodc::sema
