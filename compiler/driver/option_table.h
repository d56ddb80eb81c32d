// Declares the options of a verb one a line, and renders help from them in the
// order of declaration. The only users are options.cpp and its help.
#ifndef SODC_DRIVER_OPTION_TABLE_H_
#define SODC_DRIVER_OPTION_TABLE_H_

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "llvm/Support/CommandLine.h"

namespace sodc {

// A sub-command with its positional arguments and options. All values are texts
// and switches: choices are checked in options.cpp, where the wording is ours.
class VerbTable {
 public:
  VerbTable(const char* name, const char* arguments, const char* purpose)
      : verb_(name, purpose), arguments_(arguments) {
    positional_ = std::make_unique<llvm::cl::list<std::string>>(
        llvm::cl::Positional, llvm::cl::ZeroOrMore, llvm::cl::sub(verb_));
    Text("color", "auto|always|never", "colour of diagnostics (default auto: only on a terminal, not with NO_COLOR)");
  }

  void Text(const char* name, const char* value, const char* help);
  void Repeated(const char* name, const char* value, const char* help);
  void Switch(const char* name, const char* help);

  llvm::StringRef name() const { return verb_.getName(); }
  llvm::StringRef purpose() const { return verb_.getDescription(); }
  bool is_chosen() const { return static_cast<bool>(const_cast<llvm::cl::SubCommand&>(verb_)); }

  const std::vector<std::string>& positional() const { return *positional_; }
  // The value of a text option, empty when it was not given.
  const std::string& ValueOf(llvm::StringRef name) const;
  const std::vector<std::string>& ValuesOf(llvm::StringRef name) const;
  bool IsGiven(llvm::StringRef name) const;
  // The first option that was given twice although it can be given once, or empty.
  std::string GivenTwice() const;

  // `usage: sodc query POLICY …`, the purpose and the options.
  std::string Help() const;

 private:
  struct Entry {
    llvm::cl::Option* option = nullptr;
    std::unique_ptr<llvm::cl::opt<std::string>> text;
    std::unique_ptr<llvm::cl::list<std::string>> repeated;
    std::unique_ptr<llvm::cl::opt<bool>> is_on;
  };
  const Entry& Find(llvm::StringRef name) const;

  llvm::cl::SubCommand verb_;
  const char* arguments_;
  std::unique_ptr<llvm::cl::list<std::string>> positional_;
  std::deque<Entry> entries_;
};

}  // namespace sodc

#endif  // SODC_DRIVER_OPTION_TABLE_H_
