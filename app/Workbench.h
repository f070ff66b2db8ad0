// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QApplication;

namespace melscope {

/// Names, icon, settings format and theme; before the first window.
void setUpApplication(QApplication& application);

/// Opens the window and returns its exit status when it is closed. `argv` may name a dataset to open. GUI thread.
int runWorkbench(int argc, char** argv);

/// `melscope bench ui`: measures start, repaint and stalls of the real window; prints lines of JSON or of text on
/// standard output. Returns the exit status.
int benchUi(int argc, char** argv, bool json);

} // namespace melscope
