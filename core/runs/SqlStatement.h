// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

struct sqlite3_stmt;

namespace melscope {

class SqlDatabase;

/// A prepared statement in use: bind() the parameters in order, then next() row by row or run() to the end, and take the
/// columns in order. Reset when it goes out of scope.
class SqlStatement
{
public:
    SqlStatement(SqlDatabase& database, sqlite3_stmt* handle);
    ~SqlStatement();
    SqlStatement(const SqlStatement&) = delete;
    SqlStatement& operator=(const SqlStatement&) = delete;

    SqlStatement& bind(const std::string& text);
    SqlStatement& bind(const char* text) { return bind(std::string(text)); }
    SqlStatement& bind(int value) { return bind(static_cast<int64_t>(value)); }
    SqlStatement& bind(int64_t value);
    SqlStatement& bind(uint64_t value) { return bind(static_cast<int64_t>(value)); } ///< the same 64 bits
    SqlStatement& bind(double value); ///< NaN is stored as NULL
    SqlStatement& bind(std::span<const float> values); ///< as a blob of little-endian floats

    template<typename... Values>
    SqlStatement& bindAll(const Values&... values)
    {
        (bind(values), ...);
        return *this;
    }

    bool next(); ///< the next row, if there is one
    void run();  ///< to the end, and ready for the next bind()

    std::string text();
    int64_t integer();
    double real(); ///< NaN where NULL
    std::vector<float> floats();

private:
    void check(int code) const;

    SqlDatabase& m_database;
    sqlite3_stmt* m_handle;
    int m_parameter = 0;
    int m_column = 0;
};

} // namespace melscope
