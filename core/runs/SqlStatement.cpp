// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/SqlStatement.h"

#include "runs/SqlDatabase.h"

#include <sqlite3.h>

#include <bit>
#include <cstring>
#include <limits>

namespace melscope {

static_assert(std::endian::native == std::endian::little, "probabilities are stored as little-endian floats");

SqlStatement::SqlStatement(SqlDatabase& database, sqlite3_stmt* handle) : m_database(database), m_handle(handle) {}

SqlStatement::~SqlStatement()
{
    sqlite3_reset(m_handle);
    sqlite3_clear_bindings(m_handle);
}

SqlStatement& SqlStatement::bind(const std::string& text)
{
    check(sqlite3_bind_text64(m_handle, ++m_parameter, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

SqlStatement& SqlStatement::bind(int64_t value)
{
    check(sqlite3_bind_int64(m_handle, ++m_parameter, value));
    return *this;
}

SqlStatement& SqlStatement::bind(double value)
{
    check(sqlite3_bind_double(m_handle, ++m_parameter, value));
    return *this;
}

SqlStatement& SqlStatement::bind(std::span<const float> values)
{
    // An empty span may point nowhere, which SQLite would take for NULL.
    static constexpr float nothing = 0.0F;
    const void* bytes = values.empty() ? &nothing : values.data();
    check(sqlite3_bind_blob64(m_handle, ++m_parameter, bytes, values.size_bytes(), SQLITE_TRANSIENT));
    return *this;
}

bool SqlStatement::next()
{
    m_column = 0;
    const int code = sqlite3_step(m_handle);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        m_database.fail(code);
    return code == SQLITE_ROW;
}

void SqlStatement::run()
{
    while (next()) { }
    check(sqlite3_reset(m_handle));
    m_parameter = 0;
}

std::string SqlStatement::text()
{
    const int column = m_column++;
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(m_handle, column));
    return bytes ? std::string(bytes, static_cast<size_t>(sqlite3_column_bytes(m_handle, column))) : std::string();
}

int64_t SqlStatement::integer()
{
    return sqlite3_column_int64(m_handle, m_column++);
}

double SqlStatement::real()
{
    const int column = m_column++;
    if (sqlite3_column_type(m_handle, column) == SQLITE_NULL)
        return std::numeric_limits<double>::quiet_NaN();
    return sqlite3_column_double(m_handle, column);
}

std::vector<float> SqlStatement::floats()
{
    const int column = m_column++;
    const void* bytes = sqlite3_column_blob(m_handle, column);
    std::vector<float> values(static_cast<size_t>(sqlite3_column_bytes(m_handle, column)) / sizeof(float));
    if (bytes)
        std::memcpy(values.data(), bytes, values.size() * sizeof(float));
    return values;
}

void SqlStatement::check(int code) const
{
    if (code != SQLITE_OK)
        m_database.fail(code);
}

} // namespace melscope
