// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <string>

namespace melscope {

class ResultsPage;
class RunsController;

/// Compares for the results' compare page, on the store thread. Lives on the GUI thread.
class CompareController : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this object.
    CompareController(ResultsPage& page, RunsController& runs, QObject* parent = nullptr);

private:
    void compare(const std::string& first, const std::string& second, bool tta);

    ResultsPage& m_page;
    RunsController& m_runs;
};

} // namespace melscope
