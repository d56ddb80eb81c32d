// The model as text, for `--emit=model` and for tests: one line a thing, what
// belongs to it indented below, in the order of the model. Not a stable format.
#ifndef SODC_MODEL_DUMP_H_
#define SODC_MODEL_DUMP_H_

#include <iosfwd>

#include "compiler/model/model.h"

namespace sodc::model {

void Dump(const Model& model, std::ostream& out);

}  // namespace sodc::model

#endif  // SODC_MODEL_DUMP_H_
