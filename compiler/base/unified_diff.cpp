#include "compiler/base/unified_diff.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sodc {
namespace {

using Lines = std::vector<std::string_view>;

constexpr size_t kContext = 3;
// Texts that differ in more lines are told as one change: the shortest script is not worth its memory.
constexpr int64_t kMostEdits = 2000;

// Each with its line end, if it has one.
Lines LinesOf(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

// Lines [old_begin, old_end) become [new_begin, new_end).
struct Change {
  size_t old_begin, old_end, new_begin, new_end;
};

// The shortest edit script (Myers, 1986) between what is left when the common beginning and
// end are taken away.
class Script {
 public:
  Script(const Lines& old_lines, const Lines& new_lines) : old_(old_lines), new_(new_lines) {
    while (begin_ < old_.size() && begin_ < new_.size() && old_[begin_] == new_[begin_]) ++begin_;
    while (tail_ + begin_ < old_.size() && tail_ + begin_ < new_.size() &&
           old_[old_.size() - 1 - tail_] == new_[new_.size() - 1 - tail_]) {
      ++tail_;
    }
    old_size_ = static_cast<int64_t>(old_.size() - begin_ - tail_);
    new_size_ = static_cast<int64_t>(new_.size() - begin_ - tail_);
  }

  std::vector<Change> Run() {
    if (old_size_ == 0 && new_size_ == 0) return {};
    const int64_t edits = Search();
    if (edits < 0) return {{begin_, begin_ + size_t(old_size_), begin_, begin_ + size_t(new_size_)}};
    TraceBack(edits);
    std::reverse(changes_.begin(), changes_.end());
    return std::move(changes_);
  }

 private:
  bool IsSame(int64_t x, int64_t y) const { return old_[begin_ + size_t(x)] == new_[begin_ + size_t(y)]; }

  // The farthest x on each diagonal x - y after `edits` edits; `rows_` keeps them all.
  int64_t Search() {
    const int64_t most = std::min(kMostEdits, old_size_ + new_size_);
    for (int64_t edits = 0; edits <= most; ++edits) {
      std::vector<int64_t> row(static_cast<size_t>(2 * edits + 1));
      for (int64_t diagonal = -edits; diagonal <= edits; diagonal += 2) {
        int64_t x = edits == 0 ? 0 : StartOn(diagonal, edits);
        while (x < old_size_ && x - diagonal < new_size_ && IsSame(x, x - diagonal)) ++x;
        row[static_cast<size_t>(diagonal + edits)] = x;
        if (x >= old_size_ && x - diagonal >= new_size_) {
          rows_.push_back(std::move(row));
          return edits;
        }
      }
      rows_.push_back(std::move(row));
    }
    return -1;
  }

  int64_t XOf(int64_t edits, int64_t diagonal) const {
    return rows_[static_cast<size_t>(edits)][static_cast<size_t>(diagonal + edits)];
  }

  bool IsInsertion(int64_t diagonal, int64_t edits) const {
    if (diagonal == -edits) return true;
    return diagonal != edits && XOf(edits - 1, diagonal - 1) < XOf(edits - 1, diagonal + 1);
  }

  int64_t StartOn(int64_t diagonal, int64_t edits) const {
    return IsInsertion(diagonal, edits) ? XOf(edits - 1, diagonal + 1) : XOf(edits - 1, diagonal - 1) + 1;
  }

  void TraceBack(int64_t edits) {
    int64_t diagonal = old_size_ - new_size_;
    for (; edits > 0; --edits) {
      const bool is_insertion = IsInsertion(diagonal, edits);
      const int64_t x = StartOn(diagonal, edits);
      const int64_t y = x - diagonal;
      is_insertion ? Add(x, x, y - 1, y) : Add(x - 1, x, y, y);
      diagonal += is_insertion ? 1 : -1;
    }
  }

  // From the end to the beginning; neighbours become one change.
  void Add(int64_t old_begin, int64_t old_end, int64_t new_begin, int64_t new_end) {
    const Change change{begin_ + size_t(old_begin), begin_ + size_t(old_end), begin_ + size_t(new_begin),
                        begin_ + size_t(new_end)};
    if (!changes_.empty() && changes_.back().old_begin == change.old_end && changes_.back().new_begin == change.new_end) {
      changes_.back().old_begin = change.old_begin;
      changes_.back().new_begin = change.new_begin;
      return;
    }
    changes_.push_back(change);
  }

  const Lines& old_;
  const Lines& new_;
  size_t begin_ = 0;  // equal lines before
  size_t tail_ = 0;   // and behind
  int64_t old_size_ = 0, new_size_ = 0;
  std::vector<std::vector<int64_t>> rows_;
  std::vector<Change> changes_;
};

void AddLine(char mark, std::string_view line, std::string& text) {
  text += mark;
  text += line;
  if (!line.ends_with('\n')) text += "\n\\ No newline at end of file\n";
}

std::string Range(size_t begin, size_t size) {
  // An empty range is named by the line before it.
  const std::string first = std::to_string(size == 0 ? begin : begin + 1);
  return size == 1 ? first : first + "," + std::to_string(size);
}

// The changes [first, last), which stand near to each other.
void AddHunk(const Lines& old_lines, const Lines& new_lines, const Change* first, const Change* last, std::string& text) {
  const size_t lead = std::min(kContext, first->old_begin);
  const size_t trail = std::min(kContext, old_lines.size() - (last - 1)->old_end);
  const size_t old_begin = first->old_begin - lead;
  const size_t new_begin = first->new_begin - lead;
  text += "@@ -" + Range(old_begin, (last - 1)->old_end + trail - old_begin) + " +" +
          Range(new_begin, (last - 1)->new_end + trail - new_begin) + " @@\n";
  size_t at = old_begin;
  for (const Change* change = first; change != last; ++change) {
    for (; at < change->old_begin; ++at) AddLine(' ', old_lines[at], text);
    for (; at < change->old_end; ++at) AddLine('-', old_lines[at], text);
    for (size_t i = change->new_begin; i < change->new_end; ++i) AddLine('+', new_lines[i], text);
  }
  for (const size_t end = at + trail; at < end; ++at) AddLine(' ', old_lines[at], text);
}

}  // namespace

std::string UnifiedDiff(std::string_view path, std::string_view before, std::string_view after) {
  const Lines old_lines = LinesOf(before);
  const Lines new_lines = LinesOf(after);
  const std::vector<Change> changes = Script(old_lines, new_lines).Run();
  if (changes.empty()) return {};
  const bool is_absolute = path.starts_with('/');
  std::string text = "--- " + std::string(is_absolute ? "" : "a/") + std::string(path) + "\n+++ " +
                     std::string(is_absolute ? "" : "b/") + std::string(path) + "\n";
  for (size_t first = 0; first < changes.size();) {
    size_t last = first + 1;
    while (last < changes.size() && changes[last].old_begin - changes[last - 1].old_end <= 2 * kContext) ++last;
    AddHunk(old_lines, new_lines, changes.data() + first, changes.data() + last, text);
    first = last;
  }
  return text;
}

}  // namespace sodc
