#include "compiler/driver/change_words.h"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/answer_output.h"
#include "compiler/driver/path_words.h"

namespace sodc {
namespace {

llvm::StringRef TextRef(std::string_view text) { return {text.data(), text.size()}; }

bool HadOtherRisk(const sod::RuleDescription& rule) { return rule.change->risk_before.name != rule.risk.name; }
bool HadOtherMode(const sod::RuleDescription& rule) { return rule.change->mode_before != rule.mode; }

// "the risk was High, the mode was deny"
std::string WhatWas(const sod::RuleDescription& rule) {
  if (rule.change->is_disabled) return "";
  std::vector<std::string> was;
  const sod::Named& risk = rule.change->risk_before;
  if (HadOtherRisk(rule)) was.push_back(risk.name.empty() ? "it was not rated" : "the risk was " + SafeText(risk.title));
  if (HadOtherMode(rule)) was.push_back(fmt::format("the mode was {}", rule.change->mode_before));
  return fmt::format("{}", fmt::join(was, ", "));
}

void WriteWas(const sod::RuleDescription& rule, llvm::json::OStream& out) {
  if (rule.change->is_disabled) {
    out.attribute("was", nullptr);
    return;
  }
  out.attributeObject("was", [&] {
    const std::string_view risk = rule.change->risk_before.name;
    out.attribute("risk", risk.empty() ? llvm::json::Value(nullptr) : llvm::json::Value(TextRef(risk)));
    out.attribute("mode", TextRef(rule.change->mode_before));
  });
}

}  // namespace

std::string ChangeInWords(const sod::Table& table, const sod::RuleDescription& rule) {
  if (!rule.change) return "";
  const sod::RuleChange& change = *rule.change;
  std::string text = fmt::format("{} through {} in {}:{}:{}", change.is_disabled ? "Disabled" : "Amended", LastDay(table, change.until),
                                 SafeText(change.file), change.line, change.column);
  if (const std::string was = WhatWas(rule); !was.empty()) text += ": " + was;
  text += ".";
  if (!change.because.empty()) text += " " + AsSentence(change.because);
  std::vector<std::string> approvers;
  for (const sod::Named& party : change.approved_by) approvers.push_back(SafeText(party.title));
  if (!approvers.empty()) text += fmt::format(" Approved by {}.", fmt::join(approvers, ", "));
  return text;
}

void WriteChange(const sod::Table& table, const sod::RuleDescription& rule, llvm::json::OStream& out) {
  if (!rule.change) return;
  const sod::RuleChange& change = *rule.change;
  out.attributeObject("changed", [&] {
    out.attribute("how", change.is_disabled ? "disabled" : "amended");
    out.attribute("until", LastDay(table, change.until));
    out.attribute("because", TextRef(change.because));
    out.attributeArray("approved_by", [&] {
      for (const sod::Named& party : change.approved_by) {
        out.object([&] {
          out.attribute("id", TextRef(party.name));
          out.attribute("title", TextRef(party.title));
        });
      }
    });
    WriteWas(rule, out);
    out.attributeObject("source", [&] {
      out.attribute("file", TextRef(change.file));
      out.attribute("line", change.line);
      out.attribute("column", change.column);
    });
  });
}

}  // namespace sodc
