// Evidence as the table has it: its words, and from when to when it proves something (rulings SEM-21).
#ifndef SODC_LOWER_EVIDENCE_H_
#define SODC_LOWER_EVIDENCE_H_

#include "compiler/lower/builder.h"

namespace sodc::lower {

format::DurationUnit FileValue(model::DurationUnit unit);

// Behind the last day on which evidence of that day proves what is done so often.
Instant FreshUntil(Date dated, const model::Duration& period);

// Fills kind, text, dated, every_… and the interval; `cadence` is what counts without an `every`.
template <typename Record>
void SetEvidence(Builder& builder, const model::Evidence& evidence, const model::Duration& cadence, Record& record) {
  record.kind = builder.Text(evidence.kind);
  record.text = builder.Text(evidence.text);
  record.dated = builder.Text(evidence.dated ? ToString(*evidence.dated) : std::string());
  record.every_count = static_cast<uint32_t>(evidence.every.count);
  record.every_unit = FileValue(evidence.every.unit);
  record.from = kBeginningOfTime;
  record.until = kEndOfTime;
  if (!evidence.dated) return;
  const int32_t zone = builder.model.policy.time_zone_seconds;
  record.from = StartOf(*evidence.dated) - zone;
  const model::Duration& period = evidence.every.count != 0 ? evidence.every : cadence;
  if (period.count != 0) record.until = FreshUntil(*evidence.dated, period) - zone;
}

}  // namespace sodc::lower

#endif  // SODC_LOWER_EVIDENCE_H_
