// load and export: fixtures over HTTP.
#include <algorithm>
#include <array>
#include <filesystem>
#include <ostream>
#include <set>

#include "emulator/cli/command_list.hh"
#include "emulator/cli/companions.hh"
#include "emulator/cli/failure.hh"
#include "emulator/cli/http_client.hh"
#include "emulator/cli/json_view.hh"
#include "emulator/cli/text_table.hh"
#include "emulator/core/json_print.hh"

namespace fickle::cli {
namespace {

namespace fs = std::filesystem;

// In a folder; a file that is named is sent whatever it is called.
constexpr std::array<std::string_view, 13> kEndings{".json", ".jsonl", ".ndjson",  ".jsonc", ".json5",
                                                    ".yaml", ".yml",   ".csv",     ".tsv",   ".ion",
                                                    ".gz",   ".zst",   ".template"};
// One of these stands in every document that defines tables, and hardly ever in data.
constexpr std::array<std::string_view, 3> kSchemaWords{"KeySchema", "KeyAttributes", "aws_dynamodb_table"};

struct Document {
  std::string name;  // for messages, and for the table it may be named after
  std::string bytes;
  bool defines_tables = false;
  fs::path path{};                 // empty: standard input
  std::vector<Document> beside{};  // files that it names
};

Document read_document(const std::string& path, std::string name) {
  Document document{std::move(name), read_input(path), false, path == "-" ? fs::path() : fs::path(path)};
  document.defines_tables = std::any_of(kSchemaWords.begin(), kSchemaWords.end(), [&document](std::string_view word) {
    return document.bytes.find(word) != std::string::npos;
  });
  return document;
}

void read_folder(const fs::path& folder, std::vector<Document>& documents) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with('.') && entry->is_directory(error)) entry.disable_recursion_pending();
    const std::string ending = entry->path().extension().string();
    const bool known = std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
    if (!name.starts_with('.') && known && entry->is_regular_file(error)) files.push_back(entry->path());
  }
  if (error) throw Failure{folder.string() + ": " + error.message()};
  if (files.empty()) throw Failure{folder.string() + ": no fixture files in it"};
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files)
    documents.push_back(read_document(file.string(), fs::relative(file, folder.parent_path(), error).generic_string()));
}

// Files that documents name go with them, and not a second time on their own. One that is not there is for the server to complain of.
void attach_companions(std::vector<Document>& documents) {
  std::error_code error;
  std::set<fs::path> attached;
  for (Document& document : documents) {
    if (document.path.empty()) continue;
    for (const std::string& name : companions_of(document.bytes)) {
      const fs::path path = document.path.parent_path() / fs::path(name);
      if (!fs::is_regular_file(path, error)) continue;
      const fs::path sent_as = fs::path(document.name).parent_path() / fs::path(name);
      document.beside.push_back(read_document(path.string(), sent_as.generic_string()));
      attached.insert(fs::weakly_canonical(path, error));
    }
  }
  documents.erase(std::remove_if(documents.begin(), documents.end(),
                                 [&](const Document& one) {
                                   return !one.path.empty() && attached.contains(fs::weakly_canonical(one.path, error));
                                 }),
                  documents.end());
}

// All that was named, read before anything is sent: what defines tables first, else in order.
std::vector<Document> read_all(const std::vector<std::string>& paths) {
  std::vector<Document> documents;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path != "-" && fs::is_directory(path, error)) {
      read_folder(fs::weakly_canonical(path, error), documents);
    } else {
      documents.push_back(read_document(path, path == "-" ? "" : fs::path(path).filename().string()));
    }
  }
  attach_companions(documents);
  std::stable_partition(documents.begin(), documents.end(), [](const Document& one) { return one.defines_tables; });
  return documents;
}

std::string query_for(const Session& session, const Document& document) {
  std::string query;
  const auto add = [&query](std::string_view name, const std::string& value) {
    query += (query.empty() ? "?" : "&") + std::string(name) + "=" + percent_encoded(value);
  };
  if (!document.name.empty() && document.beside.empty()) add("file", document.name);
  for (const std::string_view name : {"format", "table", "delimiter", "headers"}) {
    if (const auto value = session.arguments.get(name)) add(name, *value);
  }
  if (session.arguments.has("replace")) add("replace", "true");
  if (session.arguments.has("no-baseline")) add("baseline", "false");
  return query;
}

// The server names the file by itself when the fault lies in its content. Files before it are loaded: the line says so.
std::string why_refused(const Document& document, const Reply& reply, std::size_t loaded) {
  const std::string detail = shown(object_in(reply.body), "detail");
  const bool named = !document.name.empty() && detail.starts_with(document.name);
  std::string line = named ? one_line(detail) : (document.name.empty() ? "" : document.name + ": ") + reply.problem();
  if (loaded > 0) line += " (" + std::to_string(loaded) + " files before it are loaded)";
  return line;
}

Reply send(const Session& session, const Document& document) {
  const std::string path = "/fixtures" + query_for(session, document);
  if (document.beside.empty()) return session.control.call("POST", path, document.bytes);
  std::vector<std::pair<std::string, std::string_view>> files{{document.name, document.bytes}};
  for (const Document& one : document.beside) files.emplace_back(one.name, one.bytes);
  const Form form = form_of(files);
  return session.control.call("POST", path, form.body, form.content_type);
}

int load(const Session& session) {
  session.expect_words(1, 10'000);
  TextTable table({{"FILE"}, {"TABLE"}, {"ITEMS", Align::right}, {"DELETED", Align::right}, {"NEW"}});
  json::array answers;
  const std::vector<Document> documents = read_all(session.arguments.words);
  for (const Document& document : documents) {
    const Reply reply = send(session, document);
    if (!reply.ok()) throw Failure{why_refused(document, reply, answers.size())};
    answers.push_back(reply.body);
    if (session.json() && documents.size() == 1) (void)session.print_json(reply);
    for (const auto& one : object_in(reply.body, "tables")) {
      const json::object& counts = object_in(one.value());
      table.add({document.name, std::string(one.key()), shown(counts, "items"), shown(counts, "deleted"),
                 shown(counts, "created") == "true" ? "new" : ""});
    }
  }
  if (session.json() && documents.size() != 1) session.out << json_text(json::object{{"loaded", answers}}) << "\n";
  if (!session.json()) session.out << (table.empty() ? "nothing to load\n" : table.text());
  return 0;
}

int export_tables(const Session& session) {
  session.expect_words(0, 1);
  const auto& words = session.arguments.words;
  const Reply reply =
      session.control.ask("GET", words.empty() ? "/fixtures" : "/fixtures/" + percent_encoded(words.front()));
  const std::string path = session.arguments.get("output").value_or("-");
  write_output(path, reply.text.ends_with('\n') ? reply.text : reply.text + "\n", session.out);
  return 0;
}

constexpr Flag kLoadFlags[] = {
    {"format", "NAME", "what the files are, when their content does not tell"},
    {"table", "NAME", "where items go whose file names no table"},
    {"replace", "", "empty the tables first"},
    {"no-baseline", "", "a reset takes it away again"},
    {"delimiter", "CHAR", "between the columns of CSV"},
    {"headers", "LIST", "names of the columns of CSV without a heading line"},
};
constexpr Flag kExportFlags[] = {{"output", "FILE", "write there (-o; default standard output)"}};

}  // namespace

constinit const Command load_command{
    .name = "load",
    .summary = "loads fixtures into the running server",
    .usage = "load FILE...          files, folders, '-' for standard input",
    .details =
        "Formats are known by their content: scenarios, CreateTable input, DescribeTable output, batch requests, CSV,\n"
        "JSON Lines, S3 exports, NoSQL Workbench models, CloudFormation, Terraform plans ...\n"
        "What is loaded belongs to what a reset goes back to. Each file is loaded whole or not at all, with the files "
        "it\n"
        "names (itemsFrom).",
    .flags = kLoadFlags,
    .run = load};
constinit const Command export_command{.name = "export",
                                       .summary = "tables and items as a scenario document",
                                       .usage = "export [TABLE] [--output FILE]",
                                       .details = "What it writes can be loaded again, exactly.",
                                       .flags = kExportFlags,
                                       .run = export_tables};

}  // namespace fickle::cli
