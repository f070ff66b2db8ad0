// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/FrontEnd.h"
