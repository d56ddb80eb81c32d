#include "compiler/driver/option_table.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

namespace sodc {

namespace cl = llvm::cl;

void VerbTable::Text(const char* name, const char* value, const char* help) {
  Entry entry;
  entry.text = std::make_unique<cl::opt<std::string>>(llvm::StringRef(name), cl::value_desc(value), cl::desc(help), cl::sub(verb_));
  entry.option = entry.text.get();
  entries_.push_back(std::move(entry));
}

void VerbTable::Repeated(const char* name, const char* value, const char* help) {
  Entry entry;
  entry.repeated = std::make_unique<cl::list<std::string>>(llvm::StringRef(name), cl::value_desc(value), cl::desc(help), cl::sub(verb_));
  entry.option = entry.repeated.get();
  entries_.push_back(std::move(entry));
}

void VerbTable::Switch(const char* name, const char* help) {
  Entry entry;
  entry.is_on = std::make_unique<cl::opt<bool>>(llvm::StringRef(name), cl::desc(help), cl::sub(verb_));
  entry.option = entry.is_on.get();
  entries_.push_back(std::move(entry));
}

const VerbTable::Entry& VerbTable::Find(llvm::StringRef name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.option->ArgStr == name; });
  assert(found != entries_.end());
  return *found;
}

const std::string& VerbTable::ValueOf(llvm::StringRef name) const { return Find(name).text->getValue(); }

const std::vector<std::string>& VerbTable::ValuesOf(llvm::StringRef name) const { return *Find(name).repeated; }

bool VerbTable::IsGiven(llvm::StringRef name) const { return Find(name).option->getNumOccurrences() > 0; }

std::string VerbTable::GivenTwice() const {
  for (const Entry& entry : entries_) {
    if (!entry.repeated && entry.option->getNumOccurrences() > 1) return entry.option->ArgStr.str();
  }
  return {};
}

namespace {
std::string Spelling(const cl::Option& option) {
  std::string text = (option.ArgStr.size() == 1 ? "-" : "--") + option.ArgStr.str();
  if (!option.ValueStr.empty()) text += " " + option.ValueStr.str();
  return text;
}
}  // namespace

std::string VerbTable::Help() const {
  constexpr size_t kMaxColumn = 30;
  size_t width = 0;
  for (const Entry& entry : entries_) {
    const size_t size = Spelling(*entry.option).size();
    if (size <= kMaxColumn) width = std::max(width, size);
  }
  std::string text = fmt::format("usage: sodc {} {}\n\n{}\n\n", std::string(name()), arguments_,
                                 std::string(purpose()));
  // --color stands first in the table and last in the help: it matters least.
  std::vector<const Entry*> ordered;
  for (size_t i = 1; i <= entries_.size(); ++i) ordered.push_back(&entries_[i % entries_.size()]);
  for (const Entry* entry : ordered) {
    const std::string spelling = Spelling(*entry->option);
    text += fmt::format("  {:<{}}", spelling, width);
    if (spelling.size() > width) text += fmt::format("\n  {:<{}}", "", width);
    text += fmt::format("  {}\n", std::string(entry->option->HelpStr));
  }
  return text;
}

}  // namespace sodc
