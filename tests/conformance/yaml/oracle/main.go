// The referee for everything that this project says about Go's YAML and JSON.
//
// It reads one JSON request a line, {"op": ..., "data": base64, "value": ...}, and answers each with one JSON line:
// {"text": base64} or {"value": ...} or {"error": "..."}. Values are spelled so that nothing of their type is lost:
// null, true, ["i", "12"], ["u", "12"], ["f", "1.5"], ["s", base64], ["t", "time"], ["l", ...], ["m", [key, value], ...].
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"sort"
	"strconv"
	"time"

	yaml2 "go.yaml.in/yaml/v2"
	yaml3 "go.yaml.in/yaml/v3"
	sigs "sigs.k8s.io/yaml"
)

type request struct {
	Op    string          `json:"op"`
	Data  []byte          `json:"data"`
	Value json.RawMessage `json:"value"`
}

type answer struct {
	Text  []byte `json:"text,omitempty"`
	Value any    `json:"value"`
	Error string `json:"error,omitempty"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		var asked request
		if err := json.Unmarshal(line, &asked); err != nil {
			panic(err)
		}
		reply, err := json.Marshal(serve(asked))
		if err != nil {
			panic(err)
		}
		out.Write(append(reply, '\n'))
		if in.Buffered() == 0 {
			out.Flush()
		}
	}
}

func serve(asked request) (reply answer) {
	defer func() {
		if crash := recover(); crash != nil {
			reply = answer{Error: fmt.Sprintf("panic: %v", crash)}
		}
	}()
	switch asked.Op {
	// Reading.
	case "read": // Helm's fromYaml without its wish for a map
		var value any
		return read(&value, sigs.Unmarshal(asked.Data, &value))
	case "json": // kubectl's first step
		text, err := sigs.YAMLToJSON(asked.Data)
		return wrote(text, err)
	case "strict":
		text, err := sigs.YAMLToJSONStrict(asked.Data)
		return wrote(text, err)
	case "v2":
		var value any
		return read(&value, yaml2.Unmarshal(asked.Data, &value))
	case "v3":
		var value any
		return read(&value, yaml3.Unmarshal(asked.Data, &value))
	case "map":
		value := map[string]any{}
		return read(&value, sigs.Unmarshal(asked.Data, &value))
	case "list":
		value := []any{}
		return read(&value, sigs.Unmarshal(asked.Data, &value))
	case "fromjson":
		var value any
		return read(&value, json.Unmarshal(asked.Data, &value))
	case "jsonmap":
		value := map[string]any{}
		return read(&value, json.Unmarshal(asked.Data, &value))
	case "jsonlist":
		value := []any{}
		return read(&value, json.Unmarshal(asked.Data, &value))
	// Writing.
	case "toyaml":
		return wrote(sigs.Marshal(value(asked.Value)))
	case "toyaml2":
		return wrote(yaml2.Marshal(value(asked.Value)))
	case "toyaml3":
		var buffer bytes.Buffer
		encoder := yaml3.NewEncoder(&buffer)
		encoder.SetIndent(2)
		err := encoder.Encode(value(asked.Value))
		return wrote(buffer.Bytes(), err)
	case "tojson":
		return wrote(json.Marshal(value(asked.Value)))
	case "prettyjson":
		return wrote(json.MarshalIndent(value(asked.Value), "", "  "))
	case "rawjson":
		var buffer bytes.Buffer
		encoder := json.NewEncoder(&buffer)
		encoder.SetEscapeHTML(false)
		err := encoder.Encode(value(asked.Value))
		return wrote(buffer.Bytes(), err)
	// How Go shows things.
	case "quote":
		return answer{Text: []byte(strconv.Quote(string(asked.Data)))}
	case "float": // the number in 'g' for 64 and 32 bits
		number, err := strconv.ParseFloat(string(asked.Data), 64)
		if err != nil {
			return answer{Error: err.Error()}
		}
		return answer{Text: []byte(strconv.FormatFloat(number, 'g', -1, 64) + " " + strconv.FormatFloat(number, 'g', -1, 32))}
	}
	panic("unknown op " + asked.Op)
}

func read[T any](value *T, err error) answer {
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Value: spell(reflect.ValueOf(*value))}
}

func wrote(text []byte, err error) answer {
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Text: text}
}

func spell(value reflect.Value) any {
	if !value.IsValid() {
		return nil
	}
	switch value.Kind() {
	case reflect.Interface, reflect.Pointer:
		if value.IsNil() {
			return nil
		}
		return spell(value.Elem())
	case reflect.Bool:
		return value.Bool()
	case reflect.Int, reflect.Int64:
		return []any{"i", strconv.FormatInt(value.Int(), 10)}
	case reflect.Uint64:
		return []any{"u", strconv.FormatUint(value.Uint(), 10)}
	case reflect.Float64:
		return []any{"f", strconv.FormatFloat(value.Float(), 'g', -1, 64)}
	case reflect.String:
		return []any{"s", base64.StdEncoding.EncodeToString([]byte(value.String()))}
	case reflect.Slice:
		list := []any{"l"}
		for i := 0; i < value.Len(); i++ {
			list = append(list, spell(value.Index(i)))
		}
		return list
	case reflect.Map:
		pairs := [][]any{}
		for _, key := range value.MapKeys() {
			pairs = append(pairs, []any{spell(key), spell(value.MapIndex(key))})
		}
		sort.Slice(pairs, func(i, j int) bool { return fmt.Sprint(pairs[i][0]) < fmt.Sprint(pairs[j][0]) })
		spelled := []any{"m"}
		for _, pair := range pairs {
			spelled = append(spelled, pair)
		}
		return spelled
	}
	if moment, ok := value.Interface().(time.Time); ok {
		return []any{"t", moment.Format(time.RFC3339Nano)}
	}
	panic(fmt.Sprintf("no spelling for %v", value.Type()))
}

// value is the Go value that a spelling stands for: what templates hold.
func value(spelled json.RawMessage) any {
	var simple any
	if err := json.Unmarshal(spelled, &simple); err != nil {
		panic(err)
	}
	return build(simple)
}

func build(simple any) any {
	spelled, ok := simple.([]any)
	if !ok {
		return simple // null or a boolean
	}
	switch spelled[0] {
	case "i":
		number, err := strconv.ParseInt(spelled[1].(string), 10, 64)
		if err != nil {
			panic(err)
		}
		return number
	case "u":
		number, err := strconv.ParseUint(spelled[1].(string), 10, 64)
		if err != nil {
			panic(err)
		}
		return number
	case "f":
		number, err := strconv.ParseFloat(spelled[1].(string), 64)
		if err != nil {
			panic(err)
		}
		return number
	case "s":
		return text(spelled[1])
	case "b":
		return []byte(text(spelled[1]))
	case "l":
		list := []any{}
		for _, item := range spelled[1:] {
			list = append(list, build(item))
		}
		return list
	case "m":
		mapping := map[string]any{}
		for _, pair := range spelled[1:] {
			mapping[text(pair.([]any)[0].([]any)[1])] = build(pair.([]any)[1])
		}
		return mapping
	}
	panic(fmt.Sprintf("no value for %v", spelled))
}

func text(encoded any) string {
	data, err := base64.StdEncoding.DecodeString(encoded.(string))
	if err != nil {
		panic(err)
	}
	return string(data)
}
