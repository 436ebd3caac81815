// `os.time` and `os.date`, which show virtual time in UTC, and `require`, which knows what is open and nothing else.
//
// Source: argo-cd `util/lua/oslib_safe.go`: without the open libraries `os` is no global and comes by `require` only.

#include "sandbox.h"

#include <stdio.h>
#include <string.h>

typedef struct moment {
    int64_t year, month, day, hour, minute, second;
    /// 0 is Sunday.
    int64_t weekday;
} moment;

static int64_t floor_divide(int64_t value, int64_t by) { return (value >= 0 ? value : value - by + 1) / by; }

/// Days since 1970-01-01 in the proleptic Gregorian calendar; months beyond a year carry over.
static int64_t days(int64_t year, int64_t month, int64_t day) {
    year += floor_divide(month - 1, 12);
    month = month - 1 - floor_divide(month - 1, 12) * 12 + 1;
    // Years that begin in March have the leap day at their end.
    if (month <= 2) year--;
    int64_t shifted = (month + 9) % 12;
    int64_t era = floor_divide(year, 400);
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * shifted + 2) / 5;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year + day - 1 - 719468;
}

static moment moment_of(int64_t seconds) {
    int64_t whole = floor_divide(seconds, 86400);
    int64_t rest = seconds - whole * 86400;
    int64_t shifted = whole + 719468;
    int64_t era = floor_divide(shifted, 146097);
    int64_t of_era = shifted - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    moment result = {.hour = rest / 3600, .minute = rest / 60 % 60, .second = rest % 60};
    result.day = of_year - (153 * month + 2) / 5 + 1;
    result.month = month < 10 ? month + 3 : month - 9;
    result.year = year + era * 400 + (result.month <= 2 ? 1 : 0);
    result.weekday = ((whole + 4) % 7 + 7) % 7;
    return result;
}

static int64_t now(lua_State *L) {
    sandbox_of(L)->reads_clock = true;
    return sandbox_of(L)->now;
}

/// A field of the table at 1, kept within what a sum of a few can hold.
static int64_t field(lua_State *L, const char *name, int64_t otherwise) {
    lua_pushstring(L, name);
    lua_rawget(L, 1);
    lua_Number number = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : (lua_Number)otherwise;
    lua_pop(L, 1);
    if (!(number > -1e10)) return -10000000000;
    return number < 1e10 ? (int64_t)number : 10000000000;
}

static int time_of(lua_State *L) {
    if (lua_gettop(L) == 0) {
        lua_pushnumber(L, (lua_Number)now(L));
        return 1;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    int64_t day = days(field(L, "year", -1), field(L, "month", -1), field(L, "day", -1));
    int64_t second = field(L, "hour", 12) * 3600 + field(L, "min", 0) * 60 + field(L, "sec", 0);
    lua_pushnumber(L, (lua_Number)day * 86400 + (lua_Number)second);
    return 1;
}

static const char *const MONTHS[] = {
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
};
static const char *const DAYS[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

/// What a letter after `%` stands for, as the Go layouts of the source have it; false where it stands for itself.
static bool append(char *text, size_t size, char letter, const moment *at) {
    int hour = (int)at->hour, minute = (int)at->minute, second = (int)at->second, day = (int)at->day;
    int twelve = hour % 12 == 0 ? 12 : hour % 12;
    long long year = (long long)at->year;
    int month = (int)at->month, short_year = (int)(((at->year % 100) + 100) % 100);
    switch (letter) {
    case 'a': return snprintf(text, size, "mon") > 0;
    case 'A': return snprintf(text, size, "%s", DAYS[at->weekday]) > 0;
    case 'b': return snprintf(text, size, "%.3s", MONTHS[month - 1]) > 0;
    case 'B': return snprintf(text, size, "%s", MONTHS[month - 1]) > 0;
    case 'c':
        return snprintf(
                   text, size, "%02d %.3s %02d %02d:%02d UTC", day, MONTHS[month - 1], short_year, hour, minute)
            > 0;
    case 'd': return snprintf(text, size, "%02d", day) > 0;
    case 'F': return snprintf(text, size, "%04lld-%02d-%02d", year, month, day) > 0;
    case 'H': return snprintf(text, size, "%02d", hour) > 0;
    case 'I': return snprintf(text, size, "%02d", twelve) > 0;
    case 'm': return snprintf(text, size, "%02d", month) > 0;
    case 'M': return snprintf(text, size, "%02d", minute) > 0;
    case 'p': return snprintf(text, size, "%s", hour < 12 ? "AM" : "PM") > 0;
    case 'P': return snprintf(text, size, "%s", hour < 12 ? "am" : "pm") > 0;
    case 'S': return snprintf(text, size, "%02d", second) > 0;
    case 'w': return snprintf(text, size, "%d", (int)at->weekday) > 0;
    case 'x': return snprintf(text, size, "%02d/%02d/%02d", hour, minute, second) > 0;
    case 'X': return snprintf(text, size, "%02d:%02d:%02d", hour, minute, second) > 0;
    case 'y': return snprintf(text, size, "%02d", short_year) > 0;
    case 'Y': return snprintf(text, size, "%04lld", year) > 0;
    case 'z': return snprintf(text, size, "+0000") > 0;
    case 'Z': return snprintf(text, size, "UTC") > 0;
    default: return false;
    }
}

static void push_table(lua_State *L, const moment *at) {
    const struct {
        const char *name;
        int64_t value;
    } fields[] = {
        {"year", at->year}, {"month", at->month}, {"day", at->day}, {"hour", at->hour}, {"min", at->minute},
        {"sec", at->second}, {"wday", at->weekday + 1}, {"yday", 0},
    };
    lua_newtable(L);
    for (size_t index = 0; index < sizeof fields / sizeof *fields; index++) {
        lua_pushnumber(L, (lua_Number)fields[index].value);
        lua_setfield(L, -2, fields[index].name);
    }
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "isdst");
}

static int date_of(lua_State *L) {
    size_t count;
    const char *format = luaL_optlstring(L, 1, "%c", &count);
    lua_Number seconds = lua_gettop(L) >= 2 ? luaL_checknumber(L, 2) : (lua_Number)now(L);
    luaL_argcheck(L, seconds > -1e14 && seconds < 1e14, 2, "time out of bounds");
    moment at = moment_of((int64_t)seconds);
    while (count > 0 && *format == '!') format++, count--;
    if (count >= 2 && format[0] == '*' && format[1] == 't') {
        push_table(L, &at);
        return 1;
    }
    charge(L, (int64_t)count);
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    for (size_t index = 0; index < count; index++) {
        if (format[index] != '%' || index + 1 == count) {
            luaL_addchar(&result, format[index]);
            continue;
        }
        char text[64];
        char letter = format[++index];
        if (append(text, sizeof text, letter, &at)) {
            luaL_addlstring(&result, text, strlen(text));
        } else {
            if (letter != '%') luaL_addchar(&result, '%');
            luaL_addchar(&result, letter);
        }
    }
    luaL_pushresult(&result);
    return 1;
}

/// `os.clock` and `os.getenv`, where the open libraries bring them: no time passes and nothing is set.
static int no_time(lua_State *L) {
    lua_pushinteger(L, 0);
    return 1;
}

static int no_text(lua_State *L) {
    lua_pushnil(L);
    return 1;
}

static int difference(lua_State *L) {
    lua_pushnumber(L, luaL_checknumber(L, 1) - luaL_optnumber(L, 2, 0));
    return 1;
}

static const luaL_Reg SAFE_FUNCTIONS[] = {{"time", time_of}, {"date", date_of}, {NULL, NULL}};
static const luaL_Reg MORE_FUNCTIONS[] = {
    {"clock", no_time}, {"getenv", no_text}, {"difftime", difference}, {NULL, NULL},
};

/// The upvalue is the table of `os`.
static int require(lua_State *L) {
    const char *name = luaL_checkstring(L, 1);
    if (strcmp(name, LUA_OSLIBNAME) == 0) {
        lua_pushvalue(L, lua_upvalueindex(1));
        return 1;
    }
    static const char *const open[] = {LUA_TABLIBNAME, LUA_STRLIBNAME, LUA_MATHLIBNAME};
    for (size_t index = 0; index < sizeof open / sizeof *open; index++) {
        if (strcmp(name, open[index]) != 0) continue;
        lua_getglobal(L, name);
        if (lua_istable(L, -1)) return 1;
    }
    return luaL_error(L, "module %s not found", name);
}

void open_clock(lua_State *L, bool is_global) {
    lua_newtable(L);
    luaL_setfuncs(L, SAFE_FUNCTIONS, 0);
    if (is_global) {
        luaL_setfuncs(L, MORE_FUNCTIONS, 0);
        lua_pushvalue(L, -1);
        lua_setglobal(L, LUA_OSLIBNAME);
    }
    lua_pushcclosure(L, require, 1);
    lua_setglobal(L, "require");
}
