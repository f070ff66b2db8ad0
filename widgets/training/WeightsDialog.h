// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"

#include <QDialog>

#include <filesystem>

class QFormLayout;
class QLabel;
class QScrollArea;

namespace melscope {

/// What a weight file is, what it holds and what it can be used for. The file is read and checked off the GUI thread.
class WeightsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit WeightsDialog(QWidget* parent = nullptr);

    void inspect(const std::filesystem::path& file);
    void askForFile(); ///< and inspect it

Q_SIGNALS:
    void inspected(); ///< what was found, or the sentence that says why nothing was, is shown

private:
    void clear();

    QLabel* m_message;
    QScrollArea* m_area;
    QFormLayout* m_rows = nullptr;
    LatestJob m_reader; // last: stops before what it delivers to goes
};

} // namespace melscope
