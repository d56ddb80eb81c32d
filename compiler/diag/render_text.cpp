// Diagnostics for people: a headline, the lines it is about with marks under the right
// cells, what to do.
#include <algorithm>
#include <map>
#include <utility>

#include "compiler/diag/display_text.h"
#include "compiler/diag/sinks.h"
#include "compiler/source/source_manager.h"

namespace sodc {
namespace {

// One marked place of a line.
struct Mark {
  uint32_t begin = 0;  // bytes in the line
  uint32_t end = 0;
  bool is_primary = false;
  std::string text;
};

using MarkedLines = std::map<uint32_t, std::vector<Mark>>;  // by line number

constexpr size_t kMostShown = 1000;  // of one file

enum class Style : uint8_t { Plain, Error, Warning, Note, Frame, Strong, Good };

class TextRenderer {
 public:
  TextRenderer(const SourceManager& sources, const RenderTextOptions& options)
      : sources_(sources), options_(options) {}

  std::string Run(const std::vector<Diagnostic>& diagnostics) {
    std::map<FileId, size_t> shown;
    size_t left_out = 0;
    for (const Diagnostic& diagnostic : diagnostics) {
      if (diagnostic.allowance) continue;  // counted by the caller
      if (++shown[diagnostic.span.file] > kMostShown) {
        ++left_out;
        continue;
      }
      if (!out_.empty()) out_ += '\n';
      RenderOne(diagnostic);
    }
    if (left_out > 0) out_ += fmt::format("\n{} more are not shown\n", left_out);
    return std::move(out_);
  }

 private:
  static Style StyleOf(Severity severity) {
    switch (severity) {
      case Severity::Note: return Style::Note;
      case Severity::Warning: return Style::Warning;
      case Severity::Error: return Style::Error;
    }
    return Style::Plain;
  }

  std::string Paint(Style style, std::string_view text) const {
    constexpr std::string_view kCodes[] = {"", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m",
                                           "\x1b[34m", "\x1b[1m", "\x1b[1;32m"};
    if (!options_.color || style == Style::Plain || text.empty()) return std::string(text);
    return fmt::format("{}{}\x1b[0m", kCodes[static_cast<size_t>(style)], text);
  }

  void RenderOne(const Diagnostic& diagnostic) {
    style_ = StyleOf(diagnostic.severity);
    out_ += Paint(style_, fmt::format("{}[{}]", SpellingOf(diagnostic.severity), CodeOf(diagnostic.kind)));
    out_ += Paint(Style::Strong, ": " + EscapeForTerminal(diagnostic.message)) + "\n";
    gutter_ = GutterWidth(diagnostic);
    if (diagnostic.span.is_valid()) RenderPlaces(diagnostic);
    RenderAdvice(diagnostic);
  }

  uint32_t GutterWidth(const Diagnostic& diagnostic) const {
    uint32_t last_line = 1;
    const auto consider = [&](Span span) {
      if (span.is_valid()) last_line = std::max(last_line, sources_.PositionOf(span).line);
    };
    consider(diagnostic.span);
    for (const Label& label : diagnostic.labels) consider(label.span);
    return std::max<uint32_t>(2, static_cast<uint32_t>(std::to_string(last_line).size()));
  }

  // The primary place's file first, the other files in the order of the labels.
  void RenderPlaces(const Diagnostic& diagnostic) {
    std::vector<std::pair<FileId, MarkedLines>> files;
    const auto add = [&](Span span, bool is_primary, const std::string& text) {
      auto found = std::find_if(files.begin(), files.end(), [&](const auto& entry) { return entry.first == span.file; });
      if (found == files.end()) found = files.insert(files.end(), {span.file, MarkedLines()});
      AddMark(found->second, span, is_primary, text);
    };
    add(diagnostic.span, true, "");
    for (const Label& label : diagnostic.labels) {
      if (label.span.is_valid()) add(label.span, false, label.text);
    }
    for (const auto& [file, lines] : files) {
      const bool is_first = file == diagnostic.span.file;
      RenderLocation(is_first ? "-->" : ":::", is_first ? diagnostic.span : FirstPlace(file, lines));
      RenderLines(file, lines);
    }
  }

  void AddMark(MarkedLines& lines, Span span, bool is_primary, const std::string& text) const {
    const Position begin = sources_.PositionOf(span);
    const auto line_size = static_cast<uint32_t>(sources_.Line(span.file, begin.line).size());
    Mark mark{begin.column - 1, begin.column - 1 + (span.end - span.begin), is_primary, EscapeForTerminal(text)};
    mark.begin = std::min(mark.begin, line_size);
    mark.end = std::clamp(mark.end, mark.begin, line_size);
    std::vector<Mark>& marks = lines[begin.line];
    for (Mark& known : marks) {  // a label on the primary place gives the mark its text
      if (known.begin != mark.begin || known.end != mark.end || !known.text.empty()) continue;
      known.text = mark.text;
      return;
    }
    marks.push_back(std::move(mark));
  }

  Span FirstPlace(FileId file, const MarkedLines& lines) const {
    const auto& [line, marks] = *lines.begin();
    const uint32_t offset = sources_.file(file).line_starts[line - 1] + marks.front().begin;
    return {file, offset, offset};
  }

  void RenderLocation(std::string_view arrow, Span span) {
    const Position position = sources_.PositionOf(span);
    out_ += std::string(gutter_, ' ') + Paint(Style::Frame, arrow) + " ";
    out_ += fmt::format("{}:{}:{}\n", EscapeForTerminal(sources_.file(span.file).path), position.line,
                        position.code_point_column);
  }

  void RenderLines(FileId file, const MarkedLines& lines) {
    Frame("", "");
    uint32_t previous = 0;
    for (const auto& [line, marks] : lines) {
      if (previous != 0 && line == previous + 2) RenderSourceLine(file, previous + 1, {});
      if (previous != 0 && line > previous + 2) out_ += Paint(Style::Frame, std::string(gutter_ - 1, ' ') + "...") + "\n";
      RenderSourceLine(file, line, marks);
      previous = line;
    }
  }

  void RenderSourceLine(FileId file, uint32_t line, std::vector<Mark> marks) {
    const std::string_view text = sources_.Line(file, line);
    std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
    const auto primary = std::find_if(marks.begin(), marks.end(), [](const Mark& mark) { return mark.is_primary; });
    const uint32_t focus = primary != marks.end() ? primary->begin : marks.empty() ? 0 : marks.front().begin;
    const DisplayLine shown = MakeDisplayLine(text, focus, {.tab_width = options_.tab_width});
    Frame(std::to_string(line), shown.text);
    if (!marks.empty()) RenderMarks(shown, marks);
  }

  // The marks in one row, the last text beside them; earlier texts hang below.
  void RenderMarks(const DisplayLine& shown, const std::vector<Mark>& marks) {
    Row row;
    for (const bool is_primary : {false, true}) {
      for (const Mark& mark : marks) {
        if (mark.is_primary != is_primary) continue;
        const uint32_t begin = shown.CellOf(mark.begin);
        const uint32_t end = std::max(begin + 1, shown.CellOf(mark.end));
        row.Fill(begin, end, is_primary ? '^' : '-');
      }
    }
    std::string painted = PaintRow(row);
    const Mark& last = marks.back();
    if (!last.text.empty()) painted += " " + Paint(StyleOf(last), last.text);
    Frame("", painted);
    for (size_t i = marks.size() - 1; i-- > 0;) {
      if (marks[i].text.empty()) continue;
      Row hanging;
      for (size_t j = 0; j < i; ++j) {
        if (!marks[j].text.empty()) hanging.Fill(shown.CellOf(marks[j].begin), shown.CellOf(marks[j].begin) + 1, '|');
      }
      hanging.Pad(shown.CellOf(marks[i].begin));
      Frame("", PaintRow(hanging) + Paint(StyleOf(marks[i]), marks[i].text));
    }
  }

  // One line of ASCII marks by cell.
  struct Row {
    std::string text;
    void Pad(uint32_t size) {
      if (text.size() < size) text.resize(size, ' ');
    }
    void Fill(uint32_t begin, uint32_t end, char mark) {
      Pad(end);
      std::fill(text.begin() + begin, text.begin() + end, mark);
    }
  };

  Style StyleOf(const Mark& mark) const { return mark.is_primary ? style_ : Style::Frame; }

  std::string PaintRow(const Row& row) const {
    std::string painted;
    for (size_t at = 0; at < row.text.size();) {
      const size_t end = std::min(row.text.find_first_not_of(row.text[at], at), row.text.size());
      const Style style = row.text[at] == '^' ? style_ : row.text[at] == ' ' ? Style::Plain : Style::Frame;
      painted += Paint(style, std::string_view(row.text).substr(at, end - at));
      at = end;
    }
    return painted;
  }

  void Frame(const std::string& number, const std::string& text) {
    out_ += Paint(Style::Frame, fmt::format("{:>{}} |", number, gutter_));
    if (!text.empty()) out_ += " " + text;
    out_ += '\n';
  }

  void RenderAdvice(const Diagnostic& diagnostic) {
    const auto advise = [&](std::string_view word, const std::string& text) {
      out_ += std::string(gutter_ + 1, ' ') + Paint(Style::Frame, "=") + " " + Paint(Style::Good, word) + ": " + text + "\n";
    };
    if (!diagnostic.help.empty()) advise("help", EscapeForTerminal(diagnostic.help));
    std::string previous;  // the same name is respelt in many places
    for (const FixIt& fix : diagnostic.fixes) {
      std::string text = DescribeFix(fix);
      if (text != previous) advise("fix", text);
      previous = std::move(text);
    }
  }

  std::string DescribeFix(const FixIt& fix) const {
    const std::string old_text = EscapeForTerminal(sources_.Text(fix.span));
    const std::string new_text = EscapeForTerminal(fix.replacement);
    if (fix.span.begin == fix.span.end) return fmt::format("insert `{}`", new_text);
    if (fix.replacement.empty()) return fmt::format("remove `{}`", old_text);
    return fmt::format("write `{}` instead of `{}`", new_text, old_text);
  }

  const SourceManager& sources_;
  const RenderTextOptions& options_;
  std::string out_;
  Style style_ = Style::Plain;
  uint32_t gutter_ = 2;
};

}  // namespace

std::string RenderText(const std::vector<Diagnostic>& diagnostics, const SourceManager& sources,
                       const RenderTextOptions& options) {
  return TextRenderer(sources, options).Run(diagnostics);
}

}  // namespace sodc
