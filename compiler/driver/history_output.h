// What a history, or one act more, comes to: as text for people and as JSON (schemas sod.act/1 and
// sod.history/1, docs/histories.md).
#ifndef SODC_DRIVER_HISTORY_OUTPUT_H_
#define SODC_DRIVER_HISTORY_OUTPUT_H_

#include <optional>
#include <string>

#include "compiler/driver/answer_output.h"
#include "compiler/driver/history_file.h"
#include "sod/history.h"

namespace sodc {

struct HistoryFrame {
  AnswerFrame answer;
  const HistoryFile& file;
  std::optional<sod::HistoryEvent> act;  // nothing: the whole history
  std::optional<sod::Instant> at;             // nothing: to the end of it
  bool is_final = false;
};

std::string HistoryText(const HistoryFrame& frame, const sod::HistoryReport& report);
std::string HistoryJson(const HistoryFrame& frame, const sod::HistoryReport& report);

// Pieces of both.
const sod::HistoryEvent& EventOf(const HistoryFrame& frame, uint32_t event);
// "loading", "owner", "cargo_ok": what the event is, by its declared name.
sod::Named WhatOf(const sod::Table& table, const sod::HistoryEvent& event);
// What the finding says of conditions, as that of a conflict.
sod::Conflict ConditionsOf(const sod::HistoryFinding& finding);
std::string InstantText(sod::Instant at);  // 2026-11-02T21:40:00Z

}  // namespace sodc

#endif  // SODC_DRIVER_HISTORY_OUTPUT_H_
