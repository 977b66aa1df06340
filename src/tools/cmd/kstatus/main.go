// Command kstatus reads objects, each a line of JSON, and answers each with a line of JSON: its status as Flux, kpt and the
// like compute it, by sigs.k8s.io/cli-utils.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
)

type verdict struct {
	Status  string `json:"status"`
	Message string `json:"message"`
}

func main() {
	if err := answer(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "kstatus:", err)
		os.Exit(1)
	}
}

func answer(objects io.Reader, verdicts io.Writer) error {
	in := bufio.NewScanner(objects)
	// As large as the API server lets an object be, and some.
	in.Buffer(nil, 8<<20)
	out := json.NewEncoder(verdicts)
	for in.Scan() {
		object := &unstructured.Unstructured{}
		if err := object.UnmarshalJSON(in.Bytes()); err != nil {
			return fmt.Errorf("not an object: %w", err)
		}
		result, err := status.Compute(object)
		if err != nil {
			return err
		}
		if err := out.Encode(verdict{result.Status.String(), result.Message}); err != nil {
			return err
		}
	}
	return in.Err()
}
