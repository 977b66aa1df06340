// Command argolua runs Lua scripts for resources as Argo CD does, in the interpreter that Argo CD has built in and with no more
// libraries than it opens for a script of argocd-cm. It reads lines of JSON, each with a script and an object, and answers
// each with a line of JSON: what the script returned, or why it failed.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	lua "github.com/yuin/gopher-lua"
	luajson "layeh.com/gopher-json"
)

// As long as Argo CD lets a script run.
const patience = time.Second

type question struct {
	Script string `json:"script"`
	Object any    `json:"object"`
}

type answer struct {
	Returned json.RawMessage `json:"returned,omitempty"`
	Error    string          `json:"error,omitempty"`
}

func main() {
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "argolua:", err)
		os.Exit(1)
	}
}

func serve(questions io.Reader, answers io.Writer) error {
	in := bufio.NewScanner(questions)
	// As large as the API server lets an object be, and some.
	in.Buffer(nil, 8<<20)
	out := json.NewEncoder(answers)
	for in.Scan() {
		var asked question
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			return fmt.Errorf("not a question: %w", err)
		}
		returned, err := run(asked)
		reply := answer{Returned: returned}
		if err != nil {
			reply.Error = err.Error()
		}
		if err := out.Encode(reply); err != nil {
			return err
		}
	}
	return in.Err()
}

func run(asked question) (json.RawMessage, error) {
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	if err := open(state); err != nil {
		return nil, err
	}
	timed, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	state.SetContext(timed)
	state.SetGlobal("obj", luajson.DecodeValue(state, asked.Object))
	if err := state.DoString(asked.Script); err != nil {
		return nil, err
	}
	returned := state.Get(-1)
	if returned.Type() != lua.LTTable {
		return nil, fmt.Errorf("expect table output from Lua script, not %s", returned.Type())
	}
	return luajson.Encode(returned)
}

func open(state *lua.LState) error {
	for name, library := range map[string]lua.LGFunction{
		lua.LoadLibName: lua.OpenPackage,
		lua.BaseLibName: lua.OpenBase,
		lua.TabLibName:  lua.OpenTable,
	} {
		call := lua.P{Fn: state.NewFunction(library), NRet: 0, Protect: true}
		if err := state.CallByParam(call, lua.LString(name)); err != nil {
			return err
		}
	}
	state.PreloadModule(lua.OsLibName, clock)
	return nil
}

// clock is all that Argo CD leaves of library os: the time. Whatever the format, the answer is RFC 3339 in UTC.
func clock(state *lua.LState) int {
	state.Push(state.SetFuncs(state.NewTable(), map[string]lua.LGFunction{
		"time": func(state *lua.LState) int {
			state.Push(lua.LNumber(time.Now().Unix()))
			return 1
		},
		"date": func(state *lua.LState) int {
			state.Push(lua.LString(time.Now().UTC().Format(time.RFC3339)))
			return 1
		},
	}))
	return 1
}
