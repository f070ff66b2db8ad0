// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <filesystem>

class QApplication;

namespace melscope {

/// What the window's command line asks for: `melscope [DATASET] [--runs DIR]`, Qt's own options taken out.
struct WorkbenchArguments
{
    QString dataset;                  ///< empty: the one of last time, or the demo
    std::filesystem::path runsFolder; ///< the default one where none is named
    QString error;                    ///< a sentence where the words make no sense; empty otherwise

    /// `words` begins with the program's name.
    static WorkbenchArguments parse(const QStringList& words);
};

/// Names, icon, settings format and theme; before the first window.
void setUpApplication(QApplication& application);

/// Opens the window and returns its exit status when it is closed: 2 at once for a wrong command line. GUI thread.
int runWorkbench(int argc, char** argv);

/// `melscope bench ui`: measures start, repaint and stalls of the real window; prints lines of JSON or of text on
/// standard output. Returns the exit status.
int benchUi(int argc, char** argv, bool json);

} // namespace melscope
