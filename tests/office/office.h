// What a spreadsheet and a PDF reader see in the files that reports are written to: through unzip
// and pdftotext (packages.txt, group test).
#pragma once

#include <string>
#include <vector>

namespace runut::testing {

using Rows = std::vector<std::vector<std::string>>;

// The sheet's cells as stored, from 1; numbers as they are written in the file. Rows are as long as
// their last cell.
[[nodiscard]] Rows read_sheet(const std::string& xlsx, unsigned sheet);
// One file of the workbook's container, e.g. docProps/core.xml.
[[nodiscard]] std::string read_part(const std::string& xlsx, const std::string& part);

// The text of all pages in the order in which it was written.
[[nodiscard]] std::string read_pdf(const std::string& pdf);
// Without blanks, line ends and the points and commas of numbers: what is left when lines were
// broken and numbers grouped.
[[nodiscard]] std::string squeezed(const std::string& text);

}  // namespace runut::testing
