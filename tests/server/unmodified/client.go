// The live host names, in net/http.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
)

func ask(method, url, body, password string, into any) int {
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	request.SetBasicAuth(`MockCo\api.user`, password)
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err == nil {
		err = json.Unmarshal(content, into)
	}
	if err != nil {
		log.Fatal(err)
	}
	return answer.StatusCode
}

func main() {
	var identity struct{ Urls struct{ Base string } }
	ask("GET", "https://login.eloqua.com/id", "", "s3cret", &identity)
	fmt.Println("base:", identity.Urls.Base)
	rest := identity.Urls.Base + "/API/REST/2.0/data"
	var made any
	fmt.Println("created:", ask("POST", rest+"/contact", `{"emailAddress":"ada@example.test"}`, "s3cret", &made))
	var found struct {
		Total    int
		Elements []struct{ Name string }
	}
	ask("GET", rest+"/contacts?search=ada*", "", "s3cret", &found)
	fmt.Println("found:", found.Total, found.Elements[0].Name)
	var stranger string
	ask("GET", "https://login.eloqua.com/id", "", "wrong", &stranger)
	fmt.Println("stranger:", stranger)
}
