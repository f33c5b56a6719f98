// Before a program for a Node that does not read HTTPS_PROXY: its fetch does then, with npm's undici.
"use strict";
const { EnvHttpProxyAgent, setGlobalDispatcher } = require("undici");

setGlobalDispatcher(new EnvHttpProxyAgent());
