// Errors that one mistake causes in many places: the first place is reported, the
// others become its labels. Private to compiler/sema.
#ifndef SODC_SEMA_CAUSES_H_
#define SODC_SEMA_CAUSES_H_

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/diag/diagnostic.h"

namespace sodc::sema {

class Causes : private Sink {
 public:
  // `cause` names what is wrong, for instance the missing clause.
  void Report(const std::string& cause, DiagnosticBuilder diagnostic) {
    std::move(diagnostic).To(*this);
    const auto [it, is_new] = by_cause_.try_emplace(cause, pending_.size());
    if (is_new) {
      pending_.push_back(std::move(last_));
    } else {
      pending_[it->second].labels.push_back({last_.span, "and here"});
    }
  }
  bool Has(const std::string& cause) const { return by_cause_.count(cause) != 0; }
  void Flush(Sink& sink) {
    for (Diagnostic& diagnostic : pending_) sink.Handle(std::move(diagnostic));
    pending_.clear();
  }

 private:
  void Handle(Diagnostic diagnostic) override { last_ = std::move(diagnostic); }

  Diagnostic last_{};
  std::vector<Diagnostic> pending_;
  std::unordered_map<std::string, size_t> by_cause_;
};

}  // namespace sodc::sema

#endif  // SODC_SEMA_CAUSES_H_
