// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What most files of widgets include anyway. Compiled once; no file may rely on getting its headers from here.
#include "core-precompiled.h"

#include <QtWidgets/QtWidgets>
